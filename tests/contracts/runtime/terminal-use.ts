import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { WINDOW_BYTES } from '../../../server/agent/frame-protocol.ts';
import { terminalArgv } from '../../../server/sandbox/terminal-shell.ts';
import { runIn } from '../../server/oci/test-runtime.ts';
import { openingTerminals } from './opened-terminals.ts';
import type { SharedContainer } from './shared-container.ts';

const MIB = 1 << 20;

const TELL_SIZES = `
import os, signal
print(*os.get_terminal_size())
signal.signal(signal.SIGWINCH, lambda *_: print(*os.get_terminal_size()))
while True: signal.pause()`;

/**
 * Prints whether each program with this name is waiting, running or stopped, with a + for one that is known to be in
 * the foreground of its terminal.
 */
const STATES = `
import glob, sys
for path in glob.glob('/proc/[0-9]*/stat'):
    try: name, _, rest = open(path).read().rpartition(') ')
    except OSError: continue
    state, _, group, _, _, foreground = rest.split()[:6]
    if name.endswith('(' + sys.argv[1]): print(state + '+' * (group == foreground))`;

const KILL_OTHERS = `
import os, signal
for number in (signal.SIGSTOP, signal.SIGKILL):
    try: os.kill(-1, number)
    except ProcessLookupError: pass
print('alone')
signal.pause()`;

/** Switches the terminal to raw mode and says when the kernel passes on each byte unchanged. */
const AS_IT_IS =
  'import hashlib, os, sys, termios, time, tty; tty.setraw(0, termios.TCSANOW); print("raw", flush=True); ';
const ECHO_BYTES = `${AS_IT_IS}
while True:
    part = memoryview(os.read(0, 65536))
    while part: part = part[os.write(1, part):]`;
const HASH_LATE = `${AS_IT_IS}
while os.path.exists('wait'): time.sleep(0.01)
count, all = int(sys.argv[1]), hashlib.sha256()
while count > 0: part = os.read(0, 65536); count -= len(part); all.update(part)
print(all.hexdigest())`;

/** Describes the contract of what a person does in a terminal. */
export function describeTerminalUse(shared: SharedContainer): void {
  describe('in a terminal', () => {
    const open = openingTerminals(shared);
    const states = async (program: string): Promise<string> =>
      (await runIn(shared.container, ['python', '-c', STATES, program])).stdout;
    const knowsKeyHolders = (): boolean => shared.testRuntime.runtime.isKernelShared;
    const python = (code: string, ...words: string[]): ReturnType<typeof open> =>
      open({ argv: ['python', '-u', '-c', code, ...words] });

    test('size, colours, files, programs and limits are those of steps', async () => {
      await shared.bash('echo kept > from-a-step');
      const shell = open({ columns: 91, rows: 17 });
      await shell.prompt();
      expect(await shell.line('tty; stty size; tput colors; pwd; cat from-a-step; echo $GREETING')).toMatch(
        /^\/dev\/pts\/\d+\n17 91\n256\n\/home\/reader\nkept\nhello\n$/,
      );
      const ask = 'echo $PATH $HOME $LANG; umask; ulimit -n -f -c; command -v python; id -u; nice';
      expect(await shell.line(ask)).toBe((await shared.bash(ask)).stdout);
      await shell.line('echo typed > from-a-terminal');
      expect(await shared.bash('cat from-a-terminal')).toMatchObject({ stdout: 'typed\n' });
    });

    test('the shell has the tutorials’ prompts, colours, and its history in memory only', async (context) => {
      if (!shared.testRuntime.runtime.isKernelShared) context.skip('`ls` asks gVisor for what it does not have');
      const shell = open({ argv: terminalArgv(), env: {} });
      await shell.until(/^\$ $/);
      shell.type('mkdir coloured; ls -d colo*\r');
      await shell.until(/\ncoloured\n\$ $/);
      expect(shell.raw).toContain('\x1b[01;34mcoloured');
      shell.type('echo "two\rlines"\r');
      await shell.until(/\n> lines"\ntwo\nlines\n\$ $/);
      shell.type('\x1b[A\r');
      await shell.until(/\ntwo\nlines\n\$ $/);
      shell.type('exit\r');
      expect(await shell.terminal.ended).toEqual({ exitCode: 0 });
      expect(await shared.bash('ls -A | grep history')).toMatchObject({ stdout: '' });
      const command = open({ argv: terminalArgv('echo "$((6 * 7))"; exit 5') });
      expect(await command.terminal.ended).toEqual({ exitCode: 5 });
      expect(command.said).toBe('42\n');
    });

    test('Ctrl-C, Ctrl-D and Ctrl-Z work', async () => {
      const shell = open();
      await shell.prompt();
      await shell.begin('sleep 1000');
      shell.type('\x03');
      await shell.prompt();
      expect(await shell.line('echo $?')).toBe('130\n');
      await shell.begin('cat');
      shell.type('a line\r');
      await shell.until('a line\na line\n');
      // gVisor before 2023 does not signal the end of input to a program.
      shell.type(shared.testRuntime.runtime.isKernelShared ? '\x04' : '\x03');
      await shell.prompt();
      await shell.begin('sleep 1000');
      shell.type('\x1a');
      expect(await shell.prompt()).toContain('Stopped');
      shell.type('fg\r');
      await shell.until(/exec sleep 1000'\n$/);
      await expect.poll(() => states('sleep')).toBe(knowsKeyHolders() ? 'S+\n' : 'S\n');
      shell.type('\x03');
      await shell.prompt();
      shell.type('\x04');
      expect(await shell.terminal.ended).toEqual({ exitCode: 130 });
    });

    test('Ctrl-C ends a program that has killed all others that it may kill', () =>
      shared.withContainer(async (own) => {
        const alone = open({ argv: ['python', '-c', KILL_OTHERS] }, own);
        await alone.until('alone');
        alone.type('\x03');
        expect(await alone.terminal.ended).toEqual({ exitCode: 130 });
      }));

    test('a program asks a question, and gets the answer', async () => {
      const asking = python("print('hello', input('name? '), input('and? '))");
      await asking.until('name?');
      asking.type('Ada\r');
      await asking.until('and?');
      asking.type('Grace\r');
      await asking.until('hello Ada Grace');
      expect(await asking.terminal.ended).toEqual({ exitCode: 0 });
      const prompt = open({ argv: ['python'] });
      await prompt.until('>>>');
      prompt.type('6 * 7\r');
      await prompt.until(/^42$/m);
      prompt.type('exit(9)\r');
      expect(await prompt.terminal.ended).toEqual({ exitCode: 9 });
    });

    test('a failing program says why', async () => {
      const shell = open();
      await shell.prompt();
      expect(await shell.line(`python -c 'raise ValueError("no")'`)).toContain('ValueError: no\n');
      expect(await shell.line('echo $?')).toBe('1\n');
    });

    test('a pager pages', async (context) => {
      if ((await shared.bash('command -v less')).exitCode !== 0) context.skip('this machine has no less');
      await shared.bash('seq -f "line %g." 500 > long');
      const pager = open({ argv: ['less', 'long'] });
      await pager.until('line 23.');
      pager.type('G');
      await pager.until('line 500.');
      pager.type('/ 42\\.\r');
      pager.type('g');
      await pager.until('line 1.');
      pager.type('q');
      expect(await pager.terminal.ended).toEqual({ exitCode: 0 });
    });

    test('an editor edits', async (context) => {
      const { stdout } = await shared.bash('command -v vi nano');
      if (stdout === '') context.skip('this machine has neither vi nor nano');
      for (const path of stdout.trim().split('\n')) {
        await shared.bash('rm -f note.txt');
        const editing = open({ argv: [path, 'note.txt'] });
        await editing.until('note.txt');
        const [keys, leave] = path.endsWith('vi')
          ? ['ikept by an editor\x1b', ':wq\r']
          : ['kept by an editor', '\x0f\r\x18'];
        editing.type(keys);
        await editing.until('kept by an editor');
        editing.type(leave);
        expect(await editing.terminal.ended).toEqual({ exitCode: 0 });
        expect(await shared.bash('cat note.txt')).toMatchObject({ stdout: 'kept by an editor\n' });
      }
    });

    test('a program is told of each size, the last of thousands, and none that is impossible', async () => {
      const telling = python(TELL_SIZES);
      await telling.until('80 24\n');
      telling.type('');
      for (const [columns, rows] of [
        [0, 0],
        [80, 0],
        [1e6, 24],
        [Number.NaN, 24],
        [80.5, 24],
        [-1, -1],
      ] as const)
        telling.terminal.resize(columns, rows);
      telling.terminal.resize(100, 30);
      await telling.until(/^100 30\n$/);
      for (let count = 0; count < 5000; count += 1) telling.terminal.resize(1 + (count % 1000), 1 + (count % 50));
      telling.terminal.resize(133, 43);
      await telling.until(/^133 43$/m);
      const strange = open({ number: 2, columns: -5, rows: Number.NaN, argv: ['stty', 'size'] });
      await strange.until('24 80\n');
    });

    test('output waits for its reader, within a bound, while the sandbox goes on', async () => {
      const shell = open();
      await shell.prompt();
      const { stream } = shell.terminal;
      stream.removeAllListeners('data').pause();
      stream.write('yes\r');
      await expect.poll(() => stream.readableLength).toBeGreaterThanOrEqual(WINDOW_BYTES);
      // gVisor would accept everything that is written: there the agent stops the programs that write.
      await expect.poll(() => states('yes')).toBe(knowsKeyHolders() ? 'S+\n' : 'T\n');
      const kept = stream.readableLength;
      expect(kept).toBeLessThanOrEqual(WINDOW_BYTES + stream.readableHighWaterMark);
      expect(await shared.bash('sleep 0.2; echo meanwhile')).toMatchObject({ stdout: 'meanwhile\n' });
      expect(stream.readableLength).toBe(kept);
      let taken = 0;
      stream.on('data', (bytes: Buffer) => (taken += bytes.length)).resume();
      await expect.poll(() => taken).toBeGreaterThan(4 * MIB);
      stream.on('data', (bytes: Buffer) => (shell.raw += bytes.toString('latin1')));
      shell.type('\x03');
      await shell.prompt();
    });

    test('input waits for its reader, within a bound, and arrives unchanged', async () => {
      const sent = Buffer.alloc(4 * MIB, 'all but \x03 the \x04 usual \x1a');
      await shared.bash('touch wait');
      const late = python(HASH_LATE, String(sent.length));
      await late.until('raw\n');
      late.terminal.stream.write(sent);
      await expect.poll(() => late.terminal.stream.writableLength).toBeLessThanOrEqual(sent.length);
      expect(await shared.bash('sleep 0.2; rm wait; echo here')).toMatchObject({ stdout: 'here\n' });
      await late.until(createHash('sha256').update(sent).digest('hex'));
      const echo = open({ number: 2, argv: ['python', '-u', '-c', ECHO_BYTES] });
      await echo.until('raw\n');
      echo.type('');
      echo.terminal.stream.write(sent);
      await expect.poll(() => echo.raw.length, { timeout: 20_000 }).toBe(sent.length);
      expect(Buffer.from(echo.raw, 'latin1').equals(sent)).toBe(true);
    });
  });
}
