import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { readConfig } from '../../server/config.ts';
import { MODES } from '../../shared/modes.ts';
import type { Step } from '../../shared/protocol.ts';
import { DIST } from '../client/dist.ts';
import { endOf, Reader } from '../client/reader.ts';
import { startServer } from '../client/server.ts';
import { measureStatements } from './measure-statements.ts';
import { measureTerminal } from './measure-terminal.ts';
import { median, timed } from './timing.ts';

/**
 * `npm run bench`: measures speed and size, and compares values of the same run, so that the ratios are valid on any
 * machine. It asserts nothing: people decide what is fast enough.
 */
const ROUNDS = 9;
const PROGRAM = 'import pony.orm, psycopg2\nprint("ready")\n';

function print(what: string, value: number, unit: string, reference?: [what: string, value: number]): void {
  const ratio = reference
    ? `  ${(reference[1] / value).toFixed(1)} times less than ${reference[0]} (${reference[1].toFixed(0)} ${unit})`
    : '';
  console.log(`${what.padEnd(58)} ${value.toFixed(value < 10 ? 1 : 0).padStart(6)} ${unit}${ratio}`);
}

const server = await startServer({ WARM_PER_MODE: '0' });
try {
  if (server.off !== undefined) throw new Error(`There is nothing to measure here: ${server.off}`);
  console.log(
    server
      .log()
      .split('\n')
      .filter((line) => line.startsWith('Runs are'))
      .join('\n'),
  );
  const me = new Reader(server.url);

  const cold: Record<string, number[]> = { secure: [], insecure: [] };
  for (let round = 0; round < 5; round += 1) {
    for (const mode of MODES) {
      const reader = new Reader(server.url);
      cold[mode]!.push(await timed(async () => reader.reset((await reader.claim(mode)).id)));
    }
  }
  const again = await me.claim('insecure', ['pony.orm', 'psycopg2']);
  const warm = median(await Promise.all(Array.from({ length: ROUNDS }, () => timed(() => me.claim('insecure')))));
  print('a cluster that already exists', warm, 'ms', ['a new one, insecure', median(cold['insecure']!)]);
  print('a new cluster, insecure, and its removal', median(cold['insecure']!), 'ms', [
    'secure',
    median(cold['secure']!),
  ]);

  const setup = readConfig().setup.languages?.['python'];
  const python = setup && 'executable' in setup ? setup : { executable: 'python3', packages: [] };
  const host: number[] = [];
  const inside: number[] = [];
  const steps: Step[] = [
    { id: 'f', kind: 'file', path: 'bench.py', text: PROGRAM },
    { id: 'r', kind: 'shell', command: 'python bench.py' },
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startMs = performance.now();
    let first = Number.NaN;
    const { events } = await me.run(again.id, steps, (event) => {
      if (event.type === 'output') first = performance.now() - startMs;
    });
    if (endOf(events).reason !== 'finished') throw new Error('the measured program failed');
    inside.push(first);
    host.push(
      await timed(async () =>
        execFileSync(python.executable, ['-c', PROGRAM], {
          env: { PYTHONPATH: python.packages.join(':') },
        }),
      ),
    );
  }
  print('from Run to the first output of a program with PonyORM', median(inside), 'ms', [
    'the same on the bare host',
    median(host),
  ]);

  const { echoMs, outputMibs, bareMibs } = await measureTerminal(me, again.id);
  print('from a key in the terminal to its echo, median', echoMs.p50, 'ms');
  print('from a key in the terminal to its echo, 95th percentile', echoMs.p95, 'ms');
  print('output of a terminal to a page, per second', outputMibs, 'MiB', ['a bare pseudo-terminal', bareMibs]);
  await me.reset(again.id);
} finally {
  await server.stop();
}

for (const { statement, standinMs, postgresMs } of await measureStatements()) {
  const added = `${(standinMs - postgresMs).toFixed(2)} ms`;
  const ratio = (standinMs / postgresMs).toFixed(1);
  const both = `${standinMs.toFixed(2)} ms, ${ratio} times PostgreSQL alone (${postgresMs.toFixed(2)} ms)`;
  console.log(`${`what the stand-in adds to: ${statement}`.padEnd(58)} ${added.padStart(9)}  ${both}`);
}

const page = readFileSync(join(DIST, 'build-a-python-app-with-cockroachdb-pony.html'));
const assets = readdirSync(join(DIST, '_astro')).filter((file) => /\.(js|css)$/.test(file) && page.includes(file));
const scripts = [...page.toString().matchAll(/_astro\/([\w.-]+\.js)/g)].map((match) => match[1]!);
const size = (files: string[]): number =>
  [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, '_astro', file))).length, 0) / 1000;
print('the PonyORM page, gzip: HTML', gzipSync(page).length / 1000, 'KB');
print('the PonyORM page, gzip: scripts', size(scripts), 'KB');
print('the PonyORM page, gzip: styles', size(assets.filter((file) => file.endsWith('.css'))), 'KB');
print(
  'run-step.js, for a page of another site, brotli',
  brotliCompressSync(readFileSync(join(DIST, 'run-step.js'))).length / 1000,
  'KB',
);
