import { describe, expect, test } from 'vitest';
import { brokenIn, readProgram, readPrograms } from './program.ts';

const HEAD = '# tries: to get out.\n# holds: it stays in.\n';
const broken = (head: string, said: string, isKernelShared = false): string[] =>
  brokenIn(said, readProgram('out.py', HEAD + head), isKernelShared);

describe('the head of a hostile program', () => {
  test('says what it tries, what holds, and how it ends', () => {
    expect(readPrograms().length).toBeGreaterThan(20);
    const head = `${HEAD}# ends: timeout\n# timeoutMs: 500\n# arguments: one two\n`;
    expect(readProgram('out.py', head)).toMatchObject({
      ends: 'timeout',
      timeoutMs: 500,
      arguments: ['one', 'two'],
      mayTakeSandbox: { gvisor: false, kernel: false },
      where: ['run'],
      cluster: undefined,
      written: [],
    });
    expect(readProgram('out.py', `${HEAD}# cluster: secure\n`)).toMatchObject({ cluster: 'secure' });
    expect(readProgram('out.py', `${HEAD}# where: run terminal\n`)).toMatchObject({ where: ['run', 'terminal'] });
    expect(readProgram('out.py', `${HEAD}# written: ["a/b", "\\n"]\n`)).toMatchObject({ written: ['a/b', '\n'] });
    expect(readProgram('out.js', '// tries: to get out.\n// holds: it stays in.\n')).toMatchObject({ runBy: 'node' });
    expect(readProgram('out.sh', HEAD)).toMatchObject({ runBy: '/bin/bash', ends: '0', timeoutMs: 20_000 });
    expect(() => readProgram('out.py', '# tries: to get out.\n')).toThrow('out.py does not say what it holds');
    expect(() => readProgram('out.py', '# holds: it stays in.\n')).toThrow('out.py does not say what it tries');
  });

  test('continues in indented lines, and contains only fields', () => {
    const excused = readProgram(
      'out.py',
      `${HEAD}# gvisor: x32 refused,\n#   because it has none.\n# ends: any\nimport os\n`,
    );
    expect(excused).toMatchObject({ ends: 'any', excused: [/^BROKEN x32 refused(?=[\s:]|$)/] });
    for (const line of ['# that is all. ends: any', '#ends: any', '# end: any', '#'])
      expect(() => readProgram('out.py', `${HEAD}${line}\nimport os\n`)).toThrow(`is not a field: ${line}`);
  });

  test('cannot say what would keep the program from being run or judged', () => {
    for (const line of [
      '# where: terminals',
      '# where: run terminals',
      '# ends: soon',
      '# timeoutMs: 2 s',
      '# cluster: x',
    ])
      expect(() => readProgram('out.py', `${HEAD}${line}\n`)).toThrow(
        /^out\.py (runs where|ends as|has a time limit|attacks a cluster)/,
      );
    expect(() => readProgram('out.rb', HEAD)).toThrow('out.rb is a file that nothing here runs');
    expect(() => readProgram('out', HEAD)).toThrow('out is a file that nothing here runs');
  });

  test('excuses gVisor for what it names, and nothing else', () => {
    const said = [
      'held /proc/1/mem',
      'BROKEN /proc/1/fd [1]',
      'BROKEN /proc/1/fd/3',
      'BROKEN files in /tmp: 3',
      'BROKEN x32',
      'BROKEN x32 refused',
    ].join('\n');
    expect(broken('', said)).toEqual([
      'BROKEN /proc/1/fd [1]',
      'BROKEN /proc/1/fd/3',
      'BROKEN files in /tmp: 3',
      'BROKEN x32',
      'BROKEN x32 refused',
    ]);
    expect(
      broken(
        [
          '# gvisor: /proc/*/fd, because it lists them.',
          '# gvisor: files in, because it counts none.',
          '# gvisor: x32 refused, because it has none.',
          '',
        ].join('\n'),
        said,
      ),
    ).toEqual(['BROKEN /proc/1/fd/3', 'BROKEN x32']);
    expect(broken('# gvisor: x32 refused, because it has none.\n', 'Traceback: BROKEN x32 refused')).toEqual([
      'Traceback: BROKEN x32 refused',
    ]);
  });

  test('excuses nothing when the kernel is the host’s', () => {
    expect(broken('# gvisor: x32 refused, because it has none.\n', 'BROKEN x32 refused', true)).toEqual([
      'BROKEN x32 refused',
    ]);
  });

  test('excuses nothing without a reason', () => {
    expect(() => readProgram('out.py', `${HEAD}# gvisor: x32 refused\n`)).toThrow(
      'out.py excuses gvisor without a reason: x32 refused',
    );
  });

  test('says whether the program may end its sandbox under gVisor, and why', () => {
    const lost = readProgram(
      'out.py',
      `${HEAD}# gvisor: ends the sandbox, because all its processes are one to the host.\n`,
    );
    expect(lost).toMatchObject({ mayTakeSandbox: { gvisor: true, kernel: false }, excused: [] });
    expect(() => readProgram('out.py', `${HEAD}# gvisor: ends the sandbox\n`)).toThrow('without a reason');
  });

  test('says the same about the host’s kernel, which is excused for nothing else', () => {
    const lost = readProgram('out.py', `${HEAD}# kernel: ends the sandbox, because memory comes back late.\n`);
    expect(lost).toMatchObject({ mayTakeSandbox: { gvisor: false, kernel: true }, excused: [] });
    expect(() => readProgram('out.py', `${HEAD}# kernel: ends the sandbox\n`)).toThrow('without a reason');
    expect(() => readProgram('out.py', `${HEAD}# kernel: x32 refused, because it has none.\n`)).toThrow(
      'excuses the host’s kernel',
    );
  });
});
