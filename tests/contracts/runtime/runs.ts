import { describe, expect, test } from 'vitest';
import { runIn } from '../../server/oci/test-runtime.ts';
import type { SharedContainer } from './shared-container.ts';

/** Makes newer system calls with meaningless arguments: openat2, futex_waitv, fchmodat2, clone3. */
const NEW_CALLS = `
import ctypes, errno, threading
libc = ctypes.CDLL(None, use_errno=True)
for number in (437, 449, 452, 435):
    ctypes.set_errno(0)
    libc.syscall(ctypes.c_long(number), -1, 0, 0, 0, 0)
    if ctypes.get_errno() == errno.EPERM: print('forbidden', number)
thread = threading.Thread(target=print, args=('a thread',))
thread.start()
thread.join()`;

/** Reads its input as programs that ask do, once more than there are lines. */
const READING = `
first, second = input(), input()
try: input()
except EOFError: print(len(first), second, 'end of input')`;

/** Tries to change and to extend its input. */
const WRITING = `
import errno, os
def attempt(act):
    try: act()
    except OSError as error: print(errno.errorcode[error.errno], end=' ')
    else: print('BROKEN', end=' ')
attempt(lambda: os.write(0, b'yours'))
again = os.open('/proc/self/fd/0', os.O_RDWR)
attempt(lambda: os.pwrite(again, b'x', 0))
attempt(lambda: os.ftruncate(again, 1 << 20))
print(input())`;

/** Describes the contract of a run. */
export function describeRuns(shared: SharedContainer): void {
  describe('a run', () => {
    test('returns both streams, in full, and the exit code', async () => {
      expect(await shared.bash('echo out; echo err >&2; exit 7')).toEqual({
        exitCode: 7,
        stdout: 'out\n',
        stderr: 'err\n',
      });
      const bytes = 700_000;
      expect((await shared.bash(`head -c ${bytes} /dev/zero`)).stdout).toHaveLength(bytes);
    });

    test('returns 128 plus the signal, as shells do', async () => {
      expect(await shared.bash('kill -TERM $$')).toMatchObject({ exitCode: 143 });
    });

    test('reports a missing program as a shell would', async () => {
      expect(await runIn(shared.container, ['frobnicate'])).toMatchObject({
        exitCode: 127,
        stderr: 'frobnicate: command not found\n',
      });
      expect(await runIn(shared.container, ['true'], { cwd: '/nowhere' })).toMatchObject({
        exitCode: 127,
        stderr: '/nowhere: No such file or directory\n',
      });
    });

    test('starts in the home, with the requested environment, and PATH in order', async () => {
      const { stdout } = await shared.bash('pwd; echo $GREETING $MORE; echo $PATH; id -un', { env: { MORE: 'world' } });
      expect(stdout).toBe('/home/reader\nhello world\n/opt/engine:/opt/bin:/usr/local/bin:/usr/bin:/bin\nreader\n');
    });

    test('has an empty stdin and ordinary signals', async () => {
      expect(await shared.bash('cat; yes | head -1')).toEqual({ exitCode: 0, stdout: 'y\n', stderr: '' });
    });

    test('reads its input to the end, whichever program reads it, and as much of it as it wants', async () => {
      const input = `${'ünï'.repeat(9000)}\nlast`;
      expect(await shared.bash('read line; echo $line; cat; cat', { input: 'one\ntwo' })).toMatchObject({
        stdout: 'one\ntwo',
      });
      await shared.container.writeFile('reader', 'read.py', READING);
      const forked = await runIn(shared.container, ['python', 'read.py'], { input });
      expect(forked).toEqual({ exitCode: 0, stdout: '27000 last end of input\n', stderr: '' });
      expect(await shared.bash('exec python -u read.py', { input })).toEqual(forked);
    });

    test('cannot write to its input, in place or by opening it again', async () => {
      const { stdout } = await runIn(shared.container, ['python', '-c', WRITING], { input: 'mine' });
      expect(stdout).toBe('EPERM EPERM EPERM mine\n');
    });

    test.each([1, 10, 65_536, 100_001])('is cut after exactly %i bytes', async (outputBytes) => {
      const { stdout, stderr, cut } = await shared.bash('yes o & yes e >&2', { outputBytes });
      expect(cut).toBe('output');
      expect(stdout.length + stderr.length).toBe(outputBytes);
    });

    test('is not cut when its output just fits', async () => {
      expect(await shared.bash('printf 12345', { outputBytes: 5 })).toEqual({
        exitCode: 0,
        stdout: '12345',
        stderr: '',
      });
    });

    test('ends at its time limit, and by kill', async () => {
      expect(await shared.bash('trap "" TERM INT; echo before; sleep 100', { timeoutMs: 200 })).toMatchObject({
        cut: 'timeout',
        exitCode: 137,
        stdout: 'before\n',
      });
      const running = shared.container.run(
        { account: 'reader', argv: ['sleep', '100'], timeoutMs: 60_000, outputBytes: 10 },
        () => undefined,
      );
      running.kill();
      running.kill();
      expect(await running.ended).toMatchObject({ cut: 'killed', exitCode: 137 });
      running.kill();
    });

    test('finds newer system calls missing rather than forbidden, so that libraries fall back', async () => {
      expect(await runIn(shared.container, ['python', '-c', NEW_CALLS])).toEqual({
        exitCode: 0,
        stdout: 'a thread\n',
        stderr: '',
      });
    });

    test('is refused while another run of its account is running', async () => {
      const running = shared.container.run(
        { account: 'reader', argv: ['sleep', '100'], timeoutMs: 60_000, outputBytes: 10 },
        () => undefined,
      );
      expect(() =>
        shared.container.run({ account: 'reader', argv: ['true'], timeoutMs: 1, outputBytes: 1 }, () => undefined),
      ).toThrow('Another program');
      running.kill();
      await running.ended;
      expect(await shared.bash('true')).toMatchObject({ exitCode: 0 });
    });
  });
}
