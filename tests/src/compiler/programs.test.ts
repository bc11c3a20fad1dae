import { describe, expect, test } from 'vitest';
import type { StepBody } from '../../../shared/protocol.ts';
import { missingProgram } from '../../../src/compiler/programs.ts';
import { buildFrom } from './build-page.ts';
import { fault } from './fault.ts';

/** Returns the program that nothing makes when the last of these commands runs, below a file `app/main.py`. */
const missing = (...commands: string[]): string | undefined =>
  missingProgram([
    { kind: 'file', path: 'app/main.py', text: '' },
    ...commands.map((command): StepBody => ({ kind: 'shell', command })),
  ]);

describe('a program that a step runs', () => {
  test.each([
    ['a file of the page', ['python app/main.py']],
    ['one that is run by itself', ['chmod +x app/main.py && ./app/main.py --all']],
    ['one in the reader’s home', ['python3 -u ~/app/main.py', 'python /home/reader/app/main.py']],
    ['one in another directory', ['cd app', 'python main.py']],
    ['one in another directory, in the same block', ['cd app && PORT=1 ./main.py']],
    ['what a here-document makes', ['cat > b.py <<EOF\nprint(1)\nEOF', 'python b.py']],
    ['what a here-document in the same block makes', ['tee b.py <<EOF\nprint(1)\nEOF\npython b.py']],
    ['what is written in another way', ["echo 'print(1)' > b.py", './b.py']],
    ['a copy', ['cp app/main.py b.py', 'python b.py']],
    ['a download', ['curl -O https://example.com/b.py', 'python b.py']],
    ['what an archive may contain', ['tar xzf bank.tgz', 'python bank/b.py']],
    ['what a clone may contain', ['git clone https://example.com/bank', 'cd bank && node b.js']],
    ['what another program may have', ['npx create-bank', 'node b.js']],
  ])('may be %s', (_, commands) => {
    expect(missing(...commands)).toBeUndefined();
  });

  test.each([
    ['python b.py', 'b.py'],
    ['python -u b.py 1 2', 'b.py'],
    ['PORT=1 nohup python b.py &', 'b.py'],
    ['ls; for i in 1 2; do python b.py; done', 'b.py'],
    ['./b.py', './b.py'],
    ['python main.py', 'main.py'],
    ['cd app && python b.py', 'b.py'],
    ['cat b.py; python b.py', 'b.py'],
    ['cat <<EOF\nb.py\nEOF\npython b.py', 'b.py'],
    ['python b.py > out.txt', 'b.py'],
  ])('is missed in `%s`', (command, program) => {
    expect(missing('python app/main.py', command)).toBe(program);
  });

  test.each([
    'python -m http.server',
    'python -c "import b.py"',
    'python $PROGRAM.py',
    'python /usr/lib/b.py',
    'node b.py',
    'echo python b.py',
    'cat b.py',
    'pip install b.py',
  ])('is none in `%s`', (command) => {
    expect(missing(command)).toBeUndefined();
  });

  test('is missed also below other mistakes, unless one of them may be why', () => {
    const run = '```shell run\n$ python b.py\n```\n';
    const lines = (text: string): (string | undefined)[] | undefined =>
      fault(text, { 'samples/pony/shared/a.py': '' })
        ?.split('\n')
        .map((line) => /^[^:]+:(\d+)/.exec(line)?.[1]);
    expect(lines(`<Mode is="secur">\n\n${run}\n</Mode>\n`)).toEqual(['1', '3']);
    expect(lines(`\`\`\`shell rnu\ncp a.py b.py\n\`\`\`\n\n${run}`)).toEqual(['1']);
    expect(lines(`<Sample driver="pony" file="b.py" />\n\n${run}`)).toEqual(['1']);
    expect(lines(`<Partial file="p.mdx" />\n\n${run}`)).toEqual(['1']);
    expect(lines(`\`\`\`python file=b.py tilte=x\npass\n\`\`\`\n\n${run}`)).toEqual(['1']);
  });
});

describe('a sample under another name', () => {
  const files = { 'samples/pony/secure/v2/a.py': 's\n', 'samples/pony/insecure/v2/a.py': 'i\n' };

  test('is another version of a file of the page', () => {
    const built = buildFrom(
      '<Sample driver="pony" file="v2/a.py" as="a.py" />\n\n```shell run\n$ python a.py\n```\n',
      files,
    );
    expect(built.steps.map(({ step, mode }) => [mode, step.kind === 'file' && step.path])).toEqual([
      ['secure', 'a.py'],
      ['insecure', 'a.py'],
      [null, false],
    ]);
    expect([...built.uses]).toEqual(['samples/pony/secure/v2/a.py', 'samples/pony/insecure/v2/a.py']);
  });

  test('stays in the reader’s home', () => {
    expect(fault('<Sample driver="pony" file="v2/a.py" as="../a.py" />', files)).toMatch(
      /^content\/tutorials\/page\.mdx:1: found `as="\.\.\/a\.py"`; expected a path in the reader’s home directory,/,
    );
  });
});
