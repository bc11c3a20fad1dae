import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { echoes, runIn } from '../../server/oci/test-runtime.ts';
import type { SharedContainer } from './shared-container.ts';

const MIB = 1 << 20;

/** Describes the contract of the engine. */
export function describeEngine(shared: SharedContainer): void {
  describe('the engine', () => {
    test('reports its exit code and its last output when it ends', () =>
      shared.withContainer(async (own) => {
        await own.startEngine(
          ['/bin/bash', '-c', 'id -un; pwd; head -c 20000 /dev/zero | tr "\\0" x; echo; echo $WHY >&2; exit 7'],
          { WHY: 'my reason' },
        );
        const { exitCode, log } = await own.engineEnded;
        expect(exitCode).toBe(7);
        expect(log).toHaveLength(8192);
        expect(log.endsWith('my reason\n')).toBe(true);
        await expect(own.startEngine(['true'])).rejects.toMatchObject({
          message: 'The database could not be started.',
          cause: expect.stringContaining('already started') as string,
        });
      }));

    test('is ended by the kernel when it uses all memory, and that is counted', () =>
      shared.withContainer(
        async (own) => {
          expect(await own.usage()).toMatchObject({ oomKills: 0 });
          await own.startEngine(['python3', '-c', 'x = []\nwhile True: x.append(bytearray(1 << 20))']);
          const end = await Promise.race([own.engineEnded, own.closed]);
          // To the kernel, gVisor is one process, which ends with the engine.
          if ('reason' in end) expect(shared.testRuntime.runtime.name).toBe('runsc');
          else {
            expect(end).toMatchObject({ exitCode: 137 });
            expect((await own.usage()).oomKills).toBeGreaterThan(0);
            expect(await runIn(own, ['echo', 'still here'])).toMatchObject({ stdout: 'still here\n' });
          }
        },
        { memoryBytes: 96 * MIB },
      ));

    test('keeps running when short commands of its account end', async () => {
      const [one, two] = await Promise.all([
        runIn(shared.container, ['id', '-un'], { account: 'engine', cwd: '/run/engine' }),
        runIn(shared.container, ['sleep', '9'], { account: 'engine', timeoutMs: 50 }),
      ]);
      expect([one, two]).toMatchObject([{ stdout: 'engine\n' }, { cut: 'timeout' }]);
      expect(await echoes(shared.container)).toBe(true);
    });

    test('writes to an overlay of a directory, which itself stays unchanged', async () => {
      const lower = join(shared.testRuntime.stateDir, 'lower');
      mkdirSync(join(lower, 'data'), { recursive: true });
      writeFileSync(join(lower, 'data', 'given'), 'given');
      const command = [
        '/bin/bash',
        '-c',
        'cd /var/lib/data/data && cat given && echo changed > given && touch new && ls | tr "\\n" " "',
      ];
      for (let round = 0; round < 2; round += 1) {
        await shared.withContainer(
          async (own) => {
            expect(await runIn(own, command, { account: 'engine' })).toEqual({
              exitCode: 0,
              stdout: 'givengiven new ',
              stderr: '',
            });
          },
          { overlay: { lower, destination: '/var/lib/data' } },
        );
      }
      expect(readdirSync(join(lower, 'data'))).toEqual(['given']);
      expect(readFileSync(join(lower, 'data', 'given'), 'utf8')).toBe('given');
    });
  });
}
