import { setTimeout } from 'node:timers/promises';
import { MODES } from '../../shared/modes.ts';
import type { Health, Mode, Step } from '../../shared/protocol.ts';
import { stepsIn } from '../../shared/step.ts';
import { readTutorials } from '../verify/tutorial.ts';
import { measureBareReaders } from './bare-readers.ts';
import { certificatesMade, makingAhead } from './certificates-made.ts';
import { costOf, costOfStart, divideCost } from './crowd-cost.ts';
import { beReader, type CrowdTutorial, type ReaderFigures } from './crowd-reader.ts';
import { printFigure } from './figure.ts';
import { onServer } from './on-server.ts';
import { processTime } from './processor.ts';
import { percentile } from './timing.ts';

const TUTORIAL = 'pony';
const ROOM = { SANDBOXES_PER_ADDRESS: '1000', MAX_SLOTS: '1000', NEW_PER_MINUTE: '100000' };
/** How long the warm pool gets to fill, and how long it must not have grown to count as full. */
const FILL_MS = 120_000;
const STEADY_MS = 10_000;

/**
 * Lets so many readers do the PonyORM tutorial at the same moment, half of them in each mode, when no cluster waits for
 * them, on a server that was idle before and has certificates for all. Prints what they met and what they cost, and
 * what the same programs cost with bare databases and no sandbox.
 */
export async function measureCrowd(count: number): Promise<void> {
  const instance = `crowd${process.pid}`;
  const tutorial = readTutorial();
  let readersMs = Number.NaN;
  const secure = Math.ceil(count / MODES.length);
  await onServer({ INSTANCE: instance, ...ROOM, ...makingAhead(secure) }, async (server) => {
    let made = Number.NaN;
    const ahead = await costOf(server, instance, async () => (made = await certificatesMade(server, secure)));
    const start = await costOfStart(server, instance);
    await certificatesMade(server, secure);
    const pages = processTime(process.pid).ownMs;
    const cost = await costOf(server, instance, () => comeAtOnce(server.url, count, tutorial));
    const { startsMs, serverMs, programsMs } = divideCost(cost, start, count);
    readersMs = cost.containersMs + cost.serverMs;
    const each = (what: string, ms: number): void => printFigure(what, ms / count, 'ms of processor');
    each('a reader costs', readersMs);
    each('- the start of the cluster', startsMs);
    each('- the server, apart from starts', serverMs);
    each("- the reader's programs, with their database", programsMs);
    printFigure(
      'certificates made ahead and not counted above, for one cluster',
      (ahead.containersMs + ahead.serverMs) / made,
      'ms of processor',
    );
    each('a page, which is this program and not counted above', processTime(process.pid).ownMs - pages);
  });
  const bare = await measureBareReaders(count, programOf(tutorial));
  printFigure(`${count} bare databases and programs, one after another on each core`, bare.totalMs / 1000, 's');
  printFigure('  they cost', bare.processorMs / 1000, 's of processor', ['the crowd', readersMs / 1000]);
}

/** The same crowd on a server that was idle before, whose pool has filled itself. Prints what the readers met. */
export async function measureWarmCrowd(count: number): Promise<void> {
  const instance = `warm${process.pid}`;
  await onServer({ INSTANCE: instance, ...ROOM, WARM_PER_MODE: 'auto' }, async (server) => {
    printFigure('clusters that wait for readers after an idle time', await untilFull(server.url), 'clusters');
    const cost = await costOf(server, instance, () => comeAtOnce(server.url, count, readTutorial()));
    printFigure('a reader costs from then on', (cost.containersMs + cost.serverMs) / count, 'ms of processor');
  });
}

/** Waits until the pool no longer grows. Returns how many clusters are in it. */
async function untilFull(url: string): Promise<number> {
  const deadlineMs = performance.now() + FILL_MS;
  let size = -1;
  for (let grownMs = performance.now(); performance.now() < Math.min(deadlineMs, grownMs + STEADY_MS);) {
    const { slots = { total: 0, free: 0 } } = (await (await fetch(`${url}/api/health`)).json()) as Health;
    if (slots.total - slots.free > size) grownMs = performance.now();
    size = slots.total - slots.free;
    await setTimeout(200);
  }
  return size;
}

/** Lets the readers come, and prints what they met. */
async function comeAtOnce(url: string, count: number, tutorial: CrowdTutorial): Promise<void> {
  const modes = Array.from({ length: count }, (_, index) => MODES[index % MODES.length]!);
  printReaders(await Promise.all(modes.map((mode) => beReader(url, mode, tutorial))));
}

function readTutorial(): CrowdTutorial {
  const found = readTutorials().find(({ slug }) => slug === TUTORIAL);
  if (!found) throw new Error(`the built site has no tutorial ${TUTORIAL}: run \`npm run build\``);
  const stepsOf = (mode: Mode): Step[] => stepsIn(found.steps, mode).map(({ step }) => step);
  return {
    steps: { secure: stepsOf('secure'), insecure: stepsOf('insecure') },
    imports: ['pony.orm', 'psycopg2'],
    isRight: (rows) => rows[0]?.[0] === '100',
  };
}

function programOf({ steps }: CrowdTutorial): string {
  const file = steps.insecure.find((step) => step.kind === 'file');
  if (file?.kind !== 'file') throw new Error(`the tutorial ${TUTORIAL} writes no program`);
  return file.text;
}

function printReaders(readers: readonly ReaderFigures[]): void {
  const faults = readers.flatMap(({ fault, mode }) => (fault === undefined ? [] : [`${mode}: ${fault}`]));
  console.log(`${'readers at once who are right'.padEnd(58)} ${readers.length - faults.length} of ${readers.length}`);
  for (const fault of new Set(faults))
    console.log(`  wrong, ${faults.filter((one) => one === fault).length} times, ${fault}`);
  const seconds = (what: string, values: number[], share: number): void =>
    printFigure(what, percentile(values, share) / 1000, 's');
  seconds(
    'until the last one is done',
    readers.map(({ totalMs }) => totalMs),
    0.999,
  );
  const waits = readers.map(({ waitMs }) => waitMs);
  seconds('wait for a cluster, median', waits, 0.5);
  seconds('wait for a cluster, 95th percentile', waits, 0.95);
  const outputs = readers.map(({ firstOutputMs }) => firstOutputMs);
  seconds('until the first output, median', outputs, 0.5);
  seconds('until the first output, 95th percentile', outputs, 0.95);
}
