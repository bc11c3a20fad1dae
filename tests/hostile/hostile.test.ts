import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { echoes, openGround, runIn, startEcho, WITHOUT_SANDBOX, type SandboxGround } from '../server/oci/sandbox-ground.ts';
import { CleanUpStack } from '../../server/process/clean-up-stack.ts';

const PROGRAMS = readdirSync(import.meta.dirname).filter((name) => /\.(py|sh)$/.test(name));
const OUTPUT_BYTES = 256 << 10;
/** The agent and the engine. */
const PROCESSES = 2;
/** And the importer, and the threads of the engine that serve a connection. */
const SLACK = 4;

/** Prints how many processes, zombies included, have this program's uid beside itself. */
const OTHERS_OF_MINE = `
import glob, os
uids = [next(int(l.split()[1]) for l in open(f) if l.startswith('Uid:')) for f in glob.glob('/proc/[0-9]*/status')]
print(uids.count(os.getuid()) - 1)
`;

/** The header of a hostile program: `# name: value` lines. */
function headerOf(text: string): { ends: string; timeoutMs: number; arguments: string[]; tries: string } {
  const field = (name: string): string | undefined => new RegExp(`^# ${name}: (.*)$`, 'm').exec(text)?.[1];
  return {
    tries: field('tries') ?? 'MISSING',
    ends: field('ends') ?? '0',
    timeoutMs: Number(field('timeoutMs') ?? 20_000),
    arguments: (field('arguments') ?? '').split(' ').filter(Boolean),
  };
}

if (WITHOUT_SANDBOX) console.log(`hostile programs ${WITHOUT_SANDBOX}`);

describe.skipIf(WITHOUT_SANDBOX)('A hostile program', () => {
  let ground: SandboxGround;
  const undo = new CleanUpStack();
  const secret = `engine.secret.${randomBytes(16).toString('hex')}`;
  const given: Record<string, string> = { 'secret-hash': createHash('sha256').update(secret).digest('hex') };
  const reached: string[] = [];

  beforeAll(async () => {
    ground = await openGround();
    undo.defer(() => ground.dispose());
    const name = `bankrun-hostile-${process.pid}`;
    for (const at of [{ host: '127.0.0.1', port: 0 }, { path: `\0${name}` }]) {
      const server = createServer((socket) => {
        reached.push(JSON.stringify(at));
        socket.destroy();
      });
      await new Promise<void>((settle) => server.listen(at, settle));
      undo.defer(() => server.close());
      if ('port' in at) given['host-port'] = String((server.address() as AddressInfo).port);
    }
    given['host-socket'] = name;
  });
  afterAll(() => undo.dispose());

  test.each(PROGRAMS)('%s', { timeout: 90_000 }, async (name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    const header = headerOf(text);
    expect(header.tries).not.toBe('MISSING');
    const container = await ground.create();
    try {
      await startEcho(container);
      await container.writeFile('engine', '/run/engine/secret', secret, 0o600);
      expect((await container.readFile('engine', '/run/engine/secret', 100)).toString()).toBe(secret);
      await container.preload(['pretend']);
      await container.writeFile('reader', name, text);
      const argv = [name.endsWith('.py') ? 'python' : '/bin/bash', name, ...header.arguments.map((key) => given[key] ?? '')];
      const running = runIn(container, argv, { timeoutMs: header.timeoutMs, outputBytes: OUTPUT_BYTES });
      expect(await echoes(container), 'the engine answers meanwhile').toBe(true);
      const outcome = await running;
      const said = outcome.stdout + outcome.stderr;
      expect(said.length).toBeLessThanOrEqual(OUTPUT_BYTES);
      expect(said.split('\n').filter((line) => line.includes('BROKEN'))).toEqual([]);
      if (header.ends === 'timeout' || header.ends === 'output') expect(outcome).toMatchObject({ cut: header.ends });
      else if (header.ends !== 'any') expect(outcome, said).toMatchObject({ exitCode: Number(header.ends) });
      if (header.ends === 'output') expect(said.length).toBe(OUTPUT_BYTES);
      if (header.ends === '0') expect(said).toContain('held');

      expect(await echoes(container), 'the engine answers afterwards').toBe(true);
      expect((await container.usage()).processes, 'nothing is left').toBeLessThanOrEqual(PROCESSES + SLACK);
      expect(await runIn(container, ['python', '-c', OTHERS_OF_MINE]), 'the next run').toMatchObject({ exitCode: 0, stdout: '0\n' });
      expect(reached).toEqual([]);
    } finally {
      await container.dispose();
    }
  });
});
