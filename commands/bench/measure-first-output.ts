import { execFileSync } from 'node:child_process';
import type { Step } from '../../shared/protocol.ts';
import { endOf, Reader } from '../client/reader.ts';
import { printFigure } from './figure.ts';
import { hostPython } from './host-python.ts';
import { onServer } from './on-server.ts';
import { median, timed } from './timing.ts';

const ROUNDS = 9;
const PROGRAM = 'import pony.orm, psycopg2\nprint("ready")\n';
const STEPS: Step[] = [
  { id: 'f', kind: 'file', path: 'bench.py', text: PROGRAM },
  { id: 'r', kind: 'shell', command: 'python bench.py' },
];

/** Measures how long a reader who has a cluster waits for the first output of a program, next to the bare host. */
export async function measureFirstOutput(): Promise<void> {
  await onServer({}, async ({ url }) => {
    const me = new Reader(url);
    const { id } = await me.claim('insecure', ['pony.orm', 'psycopg2']);
    const { executable, env } = hostPython();
    const host: number[] = [];
    const inside: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const startMs = performance.now();
      let first = Number.NaN;
      const { events } = await me.run(id, STEPS, (event) => {
        if (event.type === 'output') first = performance.now() - startMs;
      });
      if (endOf(events).reason !== 'finished') throw new Error('the measured program failed');
      inside.push(first);
      host.push(await timed(async () => execFileSync(executable, ['-c', PROGRAM], { env })));
    }
    const bare = median(host);
    printFigure('from Run to the first output of a program with PonyORM', median(inside), 'ms', [
      'the same on the bare host',
      bare,
    ]);
  });
}
