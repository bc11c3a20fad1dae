import { afterEach, describe, expect, test } from 'vitest';
import type { TerminalRequest } from '../../../server/oci/container.ts';
import { runIn } from '../../server/oci/sandbox-ground.ts';
import { TypedTerminal } from '../../server/oci/typed-terminal.ts';
import type { Place } from './place.ts';

const SIGKILLED = 137;

/** How many processes there are of each of the reader's groups: its own is the last one's. */
const GROUPS = `
import collections, glob
def gid(path):
    try: lines = open(path).read()
    except OSError: return None
    return lines.partition('Gid:\\t')[2].split()[0] if 'Uid:\\t1000' in lines else None
print(dict(collections.Counter(filter(None, map(gid, glob.glob('/proc/[0-9]*/status'))))))`;

/** The contract of a terminal. */
export function describeTerminals(place: Place): void {
  const groups = async (container = place.container): Promise<Record<string, number>> => {
    const { stdout } = await runIn(container, ['python', '-c', GROUPS]);
    return JSON.parse(stdout.replaceAll("'", '"')) as Record<string, number>;
  };

  describe('a terminal', () => {
    const opened: TypedTerminal[] = [];
    const open = async (request: Partial<TerminalRequest> = {}, container = place.container): Promise<TypedTerminal> => {
      const shell = new TypedTerminal(container, request);
      opened.push(shell);
      await shell.prompt();
      return shell;
    };
    afterEach(async () => {
      await Promise.allSettled(opened.splice(0).map((shell) => shell.close()));
    });

    test('is one: of its size, with colours, with the files and programs of steps', async () => {
      await place.bash('echo kept > from-a-step');
      const shell = await open({ columns: 91, rows: 17 });
      expect(await shell.line('tty; stty size; tput colors; pwd; cat from-a-step; echo $GREETING')).toMatch(/^\/dev\/pts\/\d\n17 91\n256\n\/home\/reader\nkept\nhello\n$/);
      const step = await place.bash('echo $PATH; umask; ulimit -n -f -c; command -v python');
      expect(await shell.line('echo $PATH; umask; ulimit -n -f -c; command -v python')).toBe(step.stdout);
      shell.type('exit 3\r');
      expect(await shell.terminal.ended).toEqual({ exitCode: 3 });
    });

    test('takes Ctrl-C, Ctrl-D and Ctrl-Z', async () => {
      const shell = await open();
      shell.type('sleep 1000\r');
      await shell.until('sleep 1000\n');
      shell.type('\x03');
      await shell.prompt();
      expect(await shell.line('echo $?')).toBe('130\n');
      shell.type('cat; echo cat said $?\r');
      await shell.until('said $?\n');
      shell.type('a line\r\x04');
      expect(await shell.prompt()).toContain('a line\na line\ncat said 0\n');
      shell.type('sleep 1000\r');
      await shell.until('sleep 1000\n');
      shell.type('\x1a');
      expect(await shell.prompt()).toContain('Stopped');
      expect(await shell.line('jobs')).toContain('Stopped');
      shell.type('fg\r');
      await shell.until('sleep 1000\n');
      shell.type('\x03');
      await shell.prompt();
      shell.type('\x04');
      expect(await shell.terminal.ended).toEqual({ exitCode: 130 });
    });

    test('ends with all that it started when it is closed, and a run goes on beside it', async () => {
      const run = place.bash('sleep 0.5; echo still here');
      const shell = await open();
      await shell.line('sleep 1000 & setsid sleep 1000 & (setsid setsid sleep 1000 &) ; trap "" HUP TERM');
      expect(await shell.close()).toEqual({ exitCode: SIGKILLED });
      expect(await run).toMatchObject({ stdout: 'still here\n' });
      expect(Object.keys(await groups())).toEqual(['1000']);
    });

    test('is left alone by the end of a run, with what is suspended in it', async () => {
      const shell = await open();
      shell.type('sleep 1000\r');
      await shell.until('sleep 1000\n');
      shell.type('\x1a');
      await shell.prompt();
      expect(await place.bash('setsid sleep 1000 & sleep 1000 & exit 4')).toMatchObject({ exitCode: 4 });
      expect(await groups()).toEqual({ 1000: 1, 1003: 2 });
      expect(await shell.line('jobs')).toContain('Stopped');
      await shell.close();
    });

    test('is one of two, which do not disturb one another', async () => {
      const [first, second] = await Promise.all([1, 2].map((number) => open({ number })));
      if (!first || !second) throw new Error('two were opened');
      expect(() => new TypedTerminal(place.container, { number: 2 })).toThrow(expect.objectContaining({ code: 'busy' }) as Error);
      expect(() => new TypedTerminal(place.container, { number: 3 })).toThrow(RangeError);
      await first.close();
      expect(await second.line('echo here')).toBe('here\n');
      const again = await open();
      await Promise.all([again.close(), second.close()]);
    });

    test('says what it cannot start', async () => {
      const none = new TypedTerminal(place.container, { argv: ['no-such-program'] });
      expect(await none.terminal.ended).toEqual({ exitCode: 127 });
      expect(none.said).toBe('no-such-program: command not found\n');
    });

    test('ends with its container', () =>
      place.withContainer(async (own) => {
        const shell = await open({}, own);
        await own.dispose();
        await expect(shell.terminal.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
        expect(shell.terminal.stream.destroyed).toBe(true);
      }));
  });
}
