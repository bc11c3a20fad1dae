import { describe, expect, it } from 'vitest';
import type { RunEvent, Step } from '../../../shared/protocol.ts';
import { endOf, printed } from '../../../commands/client/reader.ts';
import { useOwnServer, withoutSandbox } from '../../support/shared-server.ts';
import { shell } from './steps.ts';

/** Returns steps that run these commands in one shell, which are meant to fail when they do. */
function inShell(name: string, ...commands: string[]): Step[] {
  return commands.map((command, index) => ({ ...shell(`${name}${index}`, command), shell: name, fails: true }) as Step);
}

/** Returns what each step printed to stdout. */
function printedBy(events: RunEvent[]): string[] {
  const begins = events.flatMap(({ type }, index) => (type === 'begin' ? [index] : []));
  return begins.map((begin, index) => printed(events.slice(begin, begins[index + 1]), 'stdout'));
}

describe.skipIf(withoutSandbox)('steps in one shell', { timeout: 120_000 }, () => {
  const { reader } = useOwnServer({ WARM_PER_MODE: '0' });

  it.each<[string, string[], string]>([
    ['the directory', ['mkdir -p "a b" && cd "a b"', 'pwd; cd -'], '/home/reader/a b\n/home/reader\n'],
    ['variables', ['x="1  2\n\'3"; export Y=ü', 'echo "$x"; printenv Y; printenv x'], "1  2\n'3\nü\n"],
    ['arrays', ['a=(1 "2 3"); declare -A m=([k]="v w")', 'echo ${#a[@]} "${m[k]}"'], '2 v w\n'],
    ['what was unset', ['unset GREETING HOME', 'echo "${HOME-none}"'], 'none\n'],
    ['functions', ['greet() { echo "hi $1"; }; export -f greet', 'greet Ada; bash -c "greet Bob"'], 'hi Ada\nhi Bob\n'],
    ['aliases', ["alias hello='echo hello'", 'hello'], 'hello\n'],
    ['options', ['set -o pipefail; shopt -s nullglob', 'echo *.nothing; false | true; echo $?'], '\n1\n'],
    ['umask', ['umask 077', 'umask'], '0077\n'],
    ['what a failed step left', ['x=1; false', 'echo $x'], '1\n'],
    ['what a step left at its exit', ['cd /tmp; exit 3', 'pwd'], '/tmp\n'],
    ['what came before a command that ended it', ['set -e; x=2; false; x=3', 'echo $x; false; echo on'], '2\n'],
    ['what came before a syntax error', ['x=1\n(', 'echo $x'], '1\n'],
    [
      'an odd IFS and unset variables as errors',
      ['set -uf; IFS=,; x="a,b"', 'for i in $x; do echo $i; done'],
      'a\nb\n',
    ],
    ['names of builtins', ['cd() { echo mine; }; echo() { printf "<%s>\\n" "$1"; }', 'echo on; cd'], '<on>\n<mine>\n'],
  ])('share %s', async (_, commands, after) => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const { events } = await me.run(id, inShell('one', ...commands));
    expect(printedBy(events).at(-1)).toBe(after);
    await me.reset(id);
  });

  it('print what bash prints, with its exit codes, and show nothing of ours', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const commands = ['nothing_here', 'true\nnothing_here', '(', 'exit 7', 'set -x; echo a'];
    const kept = await me.run(id, inShell('one', ...commands));
    const alone = await me.run(
      id,
      commands.map((command, index) => ({ ...shell(`${index}`, command), fails: true }) as Step),
    );
    expect(printed(kept.events, 'stderr')).toBe(printed(alone.events, 'stderr'));
    const { events: seen } = await me.run(id, inShell('two', 'x=1', 'env; set'));
    expect(printed(seen)).toMatch(/^x=1$/m);
    expect(printed(seen)).not.toMatch(/kept|BASH_ENV/i);
    const codes = (events: RunEvent[]): unknown[] =>
      events.flatMap((event) => (event.type === 'done' ? [event.exitCode] : []));
    expect(codes(kept.events)).toEqual(codes(alone.events));
    await me.reset(id);
  });

  it('do not share with other shells, or with steps without one, and leave nothing in the home', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const [first] = inShell('one', 'cd /tmp; x=1');
    const [other] = inShell('two', 'pwd; echo ${x-none}');
    const { events } = await me.run(id, [first!, other!, shell('none', 'pwd; echo ${x-none}; ls -A')]);
    expect(printedBy(events).slice(1)).toEqual(['/home/reader\nnone\n', '/home/reader\nnone\n']);
    await me.reset(id);
  });

  it('go on after Run of one, and begin anew when all of them run again', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const steps = inShell('one', 'x=$((${x-0} + 1)); echo $x', 'x=$((x * 10)); echo $x');
    expect(printedBy((await me.run(id, steps)).events)).toEqual(['1\n', '10\n']);
    expect(printedBy((await me.run(id, [steps[1]!])).events)).toEqual(['100\n']);
    expect(printedBy((await me.run(id, steps)).events)).toEqual(['1\n', '10\n']);
    await me.reset(id);
  });

  it('lend their directory and variables to a program in the background', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const [prepare, ask] = inShell(
      'one',
      'mkdir site; cd site; echo served > page; PORT=8000',
      `python -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8000/page').read())"`,
    );
    const serve = { ...shell('serve', 'python -m http.server $PORT'), shell: 'one', background: true } as Step;
    const { events } = await me.run(id, [prepare!, serve, ask!]);
    expect(printedBy(events).at(-1)).toBe("b'served\\n'\n");
    await me.reset(id);
  });

  it('say when their directory is gone, and when there is no room for what they leave', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const gone = await me.run(id, inShell('one', 'mkdir gone; cd gone; rmdir ../gone', 'pwd'));
    expect(printed(gone.events, 'stderr')).toBe('/home/reader/gone is gone: this step starts in /home/reader.\n');
    const full = await me.run(
      id,
      inShell('two', 'x=1', 'x=2; head -c 100M /dev/zero > /tmp/full', 'rm /tmp/full; echo $x'),
    );
    expect(printed(full.events, 'stderr')).toContain('could not be kept in /tmp');
    expect(printedBy(full.events).at(-1)).toBe('1\n');
    await me.reset(id);
  });

  it('run on when the reader has put anything in the place of what was kept', async () => {
    const me = reader();
    const { id } = await me.claim('insecure');
    const told: string[] = [];
    for (const spoil of ['head -c 1M /dev/urandom >', 'echo "exit 5" >', 'rm -f', 'rm -f /tmp/.shell-*; mkdir']) {
      const [keep, use] = inShell('one', 'x=1', 'echo $x');
      const { events } = await me.run(id, [keep!, shell('spoil', `f=$(echo /tmp/.shell-*); ${spoil} $f`), use!]);
      told.push(printed(events, 'stderr'));
    }
    expect(told).toEqual(['', '', '', 'What this step has changed in its shell could not be kept in /tmp.\n']);
    const { events } = await me.run(id, [shell('alive', 'echo yes')]);
    expect([printed(events), endOf(events).reason]).toEqual(['yes\n', 'finished']);
    await me.reset(id);
  });
});
