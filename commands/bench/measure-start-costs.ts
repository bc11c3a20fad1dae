import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { openPrerequisites } from '../../server/prerequisites.ts';
import { containersTime } from './processor.ts';
import { phasesOfStart, makeSets, meanOf, totalOf, type PhaseCost, type StartCost } from './start-cost.ts';

const ROUNDS = 8;
const NAME_COLUMNS = 58;
const COLUMN = 10;

/**
 * Prints what each phase of a start costs: insecure, secure, and secure with the certificates made during the start,
 * all in turns. Nothing else is under way meanwhile.
 */
export async function measureStartCosts(): Promise<void> {
  const instance = `starts${process.pid}`;
  const config = { ...readConfig(), instance };
  const stateDir = join(config.stateDir, instance);
  await mkdir(stateDir, { recursive: true, mode: 0o755 });
  const prerequisites = await openPrerequisites(config);
  try {
    // The first start fills caches that all later ones use.
    await phasesOfStart(prerequisites, 'insecure', () => 0);
    const containersMs = containersTime(instance);
    const { sets, cost } = await makeSets(prerequisites, ROUNDS, containersMs);
    const costs: Record<string, StartCost[]> = { insecure: [], secure: [], without: [] };
    for (const set of sets) {
      costs['insecure']!.push(await phasesOfStart(prerequisites, 'insecure', containersMs));
      costs['secure']!.push(await phasesOfStart(prerequisites, 'secure', containersMs, set));
      costs['without']!.push(await phasesOfStart(prerequisites, 'secure', containersMs));
    }
    print('a start, insecure', meanOf(costs['insecure']!));
    print('a start, secure, with certificates made ahead', meanOf(costs['secure']!));
    printRow('  (making them ahead)', cost);
    print('a start, secure, with certificates made in it', meanOf(costs['without']!));
  } finally {
    await prerequisites.runtime.close();
    await rm(stateDir, { recursive: true, force: true });
  }
}

function print(what: string, cost: StartCost): void {
  console.log(
    what.padEnd(NAME_COLUMNS) +
      ['waited', 'processor', 'container', 'server', 'runtime'].map((name) => name.padStart(COLUMN)).join(''),
  );
  for (const [phase, one] of cost.phases) printRow(`- ${phase}`, one);
  printRow('  together', totalOf(cost));
  const live = [...cost.processes].toSorted(([, a], [, b]) => b - a).filter(([, ms]) => ms >= 1);
  console.log(`  in the container: ${live.map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', ')}`);
}

function printRow(name: string, { waitedMs, containerMs, serverMs, runtimeMs }: PhaseCost): void {
  const values = [waitedMs, containerMs + serverMs + runtimeMs, containerMs, serverMs, runtimeMs];
  console.log(name.padEnd(NAME_COLUMNS) + values.map((ms) => `${ms.toFixed(0)} ms`.padStart(COLUMN)).join(''));
}
