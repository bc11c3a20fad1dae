import { describe, expect, test } from 'vitest';
import type { Container, TerminalRequest } from '../../../server/oci/container.ts';
import { readerGroups, RUNS, TERMINALS } from '../../server/oci/reader-groups.ts';
import { runIn } from '../../server/oci/test-runtime.ts';
import type { TypedTerminal } from '../../server/oci/typed-terminal.ts';
import { openingTerminals } from './opened-terminals.ts';
import type { SharedContainer } from './shared-container.ts';

const MIB = 1 << 20;
const SIGKILLED = 137;

const FORK_BOMB =
  'import os\nprint("boom")\nwhile True:\n  try:\n    if os.fork() == 0: os.setsid()\n  except OSError: pass';
/** Starts one process after another; each ends when the next begins. */
const RELAY = 'import os\nprint("runs", flush=True)\nwhile True:\n  if os.fork(): os._exit(0)';

/** Opens connections of two sockets each, one of which is never accepted. */
const CONNECT = `
import os, socket, time
for _ in range(6):
    if os.fork() == 0:
        server = socket.create_server(('127.0.0.1', 0), backlog=4096)
        kept = [socket.create_connection(server.getsockname()) for _ in range(200)]
        time.sleep(1000)
time.sleep(1000)`;

/** Keeps every terminal open, and writes to it forever. */
const HOLD = `
import glob, os
ends = [os.open(path, os.O_RDWR | os.O_NOCTTY) for path in glob.glob('/dev/pts/[0-9]*')]
print('holds', len(ends), flush=True)
while True:
    for end in ends:
        try: os.write(end, b'still here')
        except OSError: print('hung up', flush=True); ends.remove(end)`;

/** Describes the contract of how terminals end, what ends with them, and what does not. */
export function describeTerminals(shared: SharedContainer): void {
  const groups = (container = shared.container): ReturnType<typeof readerGroups> => readerGroups(container);

  describe('a terminal', () => {
    const open = openingTerminals(shared);
    const openShell = async (request: Partial<TerminalRequest> = {}, container?: Container): Promise<TypedTerminal> => {
      const shell = open(request, container);
      await shell.prompt();
      return shell;
    };
    const suspend = async (shell: TypedTerminal): Promise<void> => {
      await shell.begin('sleep 1000');
      shell.type('\x1a');
      expect(await shell.prompt()).toContain('Stopped');
    };

    test('ends with its program, and returns the program’s exit code', async () => {
      const shell = await openShell();
      await shell.line('sleep 1000 & setsid sleep 1000 &');
      shell.type('exit 3\r');
      expect(await shell.terminal.ended).toEqual({ exitCode: 3 });
      expect(await groups()).toEqual({ [RUNS]: 1 });
      const said = open({ argv: ['/bin/bash', '-c', 'kill -TERM $$'] });
      expect(await said.terminal.ended).toEqual({ exitCode: 143 });
    });

    test('ends after its last byte, however late that is read', async () => {
      const typed = open({ argv: ['/bin/bash', '-c', 'seq 90000; echo the last'] });
      typed.terminal.stream.pause();
      let hasEnded = false;
      void typed.terminal.ended.then(() => (hasEnded = true));
      await expect.poll(() => typed.terminal.stream.readableLength).toBeGreaterThan(100_000);
      expect(await shared.bash('sleep 0.2; echo meanwhile')).toMatchObject({ stdout: 'meanwhile\n' });
      expect(hasEnded).toBe(false);
      typed.terminal.stream.resume();
      expect(await typed.terminal.ended).toEqual({ exitCode: 0 });
      expect(typed.said).toBe(`${Array.from({ length: 90_000 }, (_, index) => index + 1).join('\n')}\nthe last\n`);
    });

    test('ends with everything it started when it is closed, and a run goes on', async () => {
      const run = shared.bash('sleep 0.5; echo still here');
      const shell = await openShell();
      await shell.line('sleep 1000 & setsid sleep 1000 & (setsid setsid sleep 1000 &) ; trap "" HUP TERM');
      await suspend(shell);
      expect(await shell.close()).toEqual({ exitCode: SIGKILLED });
      expect(await run).toMatchObject({ stdout: 'still here\n' });
      expect(await groups()).toEqual({ [RUNS]: 1 });
    });

    test('ends when its stream is ended, or when no program has it open any more', async () => {
      const shell = await openShell();
      shell.terminal.stream.end();
      expect(await shell.terminal.ended).toEqual({ exitCode: SIGKILLED });
      if (!shared.testRuntime.runtime.isKernelShared) return; // gVisor's terminals do not tell
      const deaf = open({ argv: ['python', '-c', 'import os, time; os.closerange(0, 99); time.sleep(1000)'] });
      expect(await deaf.terminal.ended).toEqual({ exitCode: SIGKILLED });
    });

    test('ends with a fork bomb in it, and a run starts meanwhile', () =>
      shared.withContainer(async (own) => {
        const proof = async (): Promise<void> => {
          const bomb = open({ argv: ['python', '-c', FORK_BOMB] }, own);
          await bomb.until('boom');
          expect(await runIn(own, ['echo', 'started'])).toMatchObject({ stdout: 'started\n' });
          expect(await bomb.close()).toEqual({ exitCode: SIGKILLED });
          expect(await groups(own)).toEqual({ [RUNS]: 1 });
        };
        await proof().catch((failure: unknown) => {
          // As with a fork bomb of the background account.
          if (shared.testRuntime.runtime.isKernelShared || (failure as { code?: string }).code !== 'sandbox-lost')
            throw failure;
        });
      }));

    test('outlives a run, with its suspended programs', async () => {
      const shell = await openShell();
      await suspend(shell);
      expect(await shared.bash('setsid sleep 1000 & sleep 1000 & exit 4')).toMatchObject({ exitCode: 4 });
      expect(await groups()).toEqual({ [RUNS]: 1, [TERMINALS[1]]: 2 });
      expect(await shell.line('jobs')).toContain('Stopped');
    });

    test('outlives runs even while processes are started and ended all the time', async () => {
      const [first, second] = await Promise.all([openShell(), openShell({ number: 2 })]);
      await suspend(first);
      await second.begin('cat');
      let ticks = 0;
      const busy = 'while :; do /bin/true; echo tick; done';
      const background = shared.container.run(
        {
          account: 'background',
          argv: ['/bin/bash', '-c', `(${busy}) & (${busy}) & ${busy}`],
          timeoutMs: 60_000,
          outputBytes: 8 * MIB,
        },
        () => (ticks += 1),
      );
      for (let runs = 0; runs < 20; runs += 1) {
        const seen = ticks;
        let begun = false;
        const relay = shared.container.run(
          { account: 'reader', argv: ['python', '-c', RELAY], timeoutMs: 20_000, outputBytes: MIB },
          () => (begun = true),
        );
        await expect.poll(() => begun, { interval: 1 }).toBe(true);
        relay.kill();
        await relay.ended;
        await expect.poll(() => ticks).toBeGreaterThan(seen);
      }
      background.kill();
      await background.ended;
      expect(await groups()).toEqual({ [RUNS]: 1, [TERMINALS[1]]: 2, [TERMINALS[2]]: 2 });
      expect(await first.line('jobs')).toContain('Stopped');
      second.type('still a line\r');
      expect(await second.until(/still a line\nstill a line/)).not.toContain('Stopped');
    });

    test('is one of two that do not disturb each other', async () => {
      const [first, second] = await Promise.all([openShell(), openShell({ number: 2 })]);
      expect(() => open({ number: 2 })).toThrow(expect.objectContaining({ code: 'busy' }) as Error);
      for (const number of [0, 3, 1.5]) expect(() => open({ number })).toThrow(RangeError);
      await first.close();
      expect(await second.line('echo here')).toBe('here\n');
      await openShell();
    });

    test('ends together with runs when the sandbox did something forbidden, and says why', async () => {
      const shell = await openShell();
      shell.type('');
      const running = shared.bash('sleep 1000');
      expect(shared.container.endRuns('That was too much.')).toBe(true);
      expect(await running).toMatchObject({ exitCode: SIGKILLED, stderr: 'That was too much.\n' });
      expect(await shell.terminal.ended).toEqual({ exitCode: SIGKILLED });
      expect(shell.said).toBe('\nThat was too much.\n');
      expect(shared.container.endRuns('Nothing is there any more.')).toBe(false);
    });

    test('ends when too many connections are open in the sandbox, and says why', async (context) => {
      if (!shared.testRuntime.runtime.isKernelShared)
        context.skip('gVisor keeps connections in the sandbox’s own memory, and counts none');
      const greedy = open({ argv: ['python', '-c', CONNECT] });
      expect(await greedy.terminal.ended).toEqual({ exitCode: SIGKILLED });
      expect(greedy.said).toContain('Ended: there were more than 1024 connections, the limit for a sandbox.\n');
    });

    test('ends even while a run has it open, and the next terminal works', async (context) => {
      if (!shared.testRuntime.runtime.isKernelShared) context.skip('gVisor’s terminals hang up on nobody');
      for (let round = 0; round < 6; round += 1) {
        const shell = await openShell();
        let said = '';
        const holding = shared.container.run(
          { account: 'reader', argv: ['python', '-c', HOLD], timeoutMs: 60_000, outputBytes: MIB },
          (_, bytes) => (said += bytes.toString()),
        );
        await expect.poll(() => said).toBe('holds 1\n');
        if (round % 2 === 0) await shell.close();
        else {
          shell.terminal.stream.write('exit\r');
          await shell.terminal.ended;
        }
        await expect.poll(() => said).toBe('holds 1\nhung up\n');
        holding.kill();
        await holding.ended;
      }
    });

    test('says which program it cannot start', async () => {
      const none = open({ argv: ['no-such-program'] });
      expect(await none.terminal.ended).toEqual({ exitCode: 127 });
      expect(none.said).toBe('no-such-program: command not found\n');
    });

    test('ends with its container', () =>
      shared.withContainer(async (own) => {
        const shell = await openShell({}, own);
        await own.dispose();
        await expect(shell.terminal.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
        expect(shell.terminal.stream.destroyed).toBe(true);
        await expect(open({}, own).terminal.ended).rejects.toMatchObject({ code: 'sandbox-lost' });
      }));
  });
}
