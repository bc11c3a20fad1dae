import { describe, expect, test } from 'vitest';
import { runIn } from '../../server/oci/test-runtime.ts';
import type { SharedContainer } from './shared-container.ts';

const MIB = 1 << 20;

/** Receives the descriptors that a client sends, and keeps them. */
const TAKE_PIPES = `
import socket, time
server = socket.socket(socket.AF_UNIX)
server.bind('/tmp/pass')
server.listen()
print('up', flush=True)
taken = socket.recv_fds(server.accept()[0], 9, 2)
time.sleep(1000)`;
/** Sends its stdout and stderr. */
const PASS_PIPES = `
import socket
client = socket.socket(socket.AF_UNIX)
client.connect('/tmp/pass')
socket.send_fds(client, [b'x'], [1, 2])
print('passed')`;

/** Describes the contract of a background process. */
export function describeBackground(shared: SharedContainer): void {
  describe('a background process', () => {
    const others =
      'import glob,os\nprint(len([1 for f in glob.glob("/proc/[0-9]*/status") if "Gid:\\t1002" in open(f).read()]))';

    test('outlives runs, and runs outlive it', async () => {
      const lines: string[] = [];
      const background = shared.container.run(
        {
          account: 'background',
          argv: ['/bin/bash', '-c', 'sleep 1000 & while :; do echo tick; sleep 0.02; done'],
          timeoutMs: 60_000,
          outputBytes: MIB,
        },
        (_, bytes) => lines.push(bytes.toString()),
      );
      await expect.poll(() => lines.length).toBeGreaterThan(0);
      expect(await shared.bash('setsid sleep 1000 & exit 3')).toMatchObject({ exitCode: 3 });
      const seen = lines.length;
      await expect.poll(() => lines.length).toBeGreaterThan(seen + 2);
      expect(await runIn(shared.container, ['python', '-c', others])).not.toMatchObject({ stdout: '0\n' });
      const run = shared.bash('sleep 0.3; echo alive');
      background.kill();
      expect(await background.ended).toMatchObject({ cut: 'killed' });
      expect(await run).toMatchObject({ exitCode: 0, stdout: 'alive\n' });
      expect(await runIn(shared.container, ['python', '-c', others])).toMatchObject({ stdout: '0\n' });
    });

    test('keeps forking while runs end, and runs go on while it is ended', async () => {
      // With this much memory a fork takes so long that a signal to all processes often arrives in the middle of one.
      const forks = (times: string): string =>
        [
          'import os',
          'heap = bytearray(24 << 20)',
          'for page in range(0, len(heap), 4096): heap[page] = 1',
          `for _ in ${times}:`,
          '  if os.fork() == 0: os._exit(0)',
          '  os.wait()',
          '  print("tick", flush=True)',
        ].join('\n');
      let ticks = 0;
      const background = shared.container.run(
        { account: 'background', argv: ['python', '-c', forks('iter(int, 1)')], timeoutMs: 60_000, outputBytes: MIB },
        () => (ticks += 1),
      );
      await expect.poll(() => ticks).toBeGreaterThan(0);
      for (let runs = 0; runs < 20; runs += 1) {
        const seen = ticks;
        expect(await runIn(shared.container, ['true'])).toMatchObject({ exitCode: 0 });
        await expect.poll(() => ticks).toBeGreaterThan(seen);
      }
      background.kill();
      await background.ended;
      for (let kills = 0; kills < 10; kills += 1) {
        let begun = false;
        const run = shared.container.run(
          { account: 'reader', argv: ['python', '-c', forks('range(40)')], timeoutMs: 20_000, outputBytes: MIB },
          () => (begun = true),
        );
        const other = shared.container.run(
          { account: 'background', argv: ['sleep', '1000'], timeoutMs: 60_000, outputBytes: MIB },
          () => undefined,
        );
        await expect.poll(() => begun, { interval: 1 }).toBe(true);
        other.kill();
        expect(await run.ended).toMatchObject({ exitCode: 0 });
        await other.ended;
      }
    });

    test('reads the reader’s private files', async () => {
      await shared.bash('echo secret > key; chmod 600 key');
      expect(await runIn(shared.container, ['cat', 'key'], { account: 'background' })).toMatchObject({
        stdout: 'secret\n',
      });
    });

    test('cannot hold a run open by taking its pipe', async () => {
      let said = '';
      const background = shared.container.run(
        { account: 'background', argv: ['python', '-c', TAKE_PIPES], timeoutMs: 60_000, outputBytes: 1000 },
        (_, bytes) => {
          said += bytes.toString();
        },
      );
      await expect.poll(() => said).toContain('up');
      expect(await runIn(shared.container, ['python', '-c', PASS_PIPES])).toMatchObject({
        exitCode: 0,
        stdout: 'passed\n',
      });
      background.kill();
      await background.ended;
    });

    test('ends at its time limit when it is a fork bomb, and the reader’s next run starts', () =>
      shared.withContainer(async (own) => {
        const bomb = 'import os\nwhile True:\n  try:\n    if os.fork() == 0: os.setsid()\n  except OSError: pass';
        const proof = async (): Promise<void> => {
          const background = runIn(own, ['python', '-c', bomb], { account: 'background', timeoutMs: 1500 });
          expect(await runIn(own, ['echo', 'started'])).toMatchObject({ stdout: 'started\n' });
          expect(await background).toMatchObject({ cut: 'timeout' });
          expect(await runIn(own, ['python', '-c', others])).toMatchObject({ stdout: '0\n' });
        };
        await proof().catch((failure: unknown) => {
          // gVisor limits processes only for the whole container, and may end at that limit: the sandbox is lost, but
          // nothing is left behind.
          if (shared.testRuntime.runtime.name !== 'runsc' || (failure as { code?: string }).code !== 'sandbox-lost')
            throw failure;
        });
      }));
  });
}
