// `npm run test:machines [-- MACHINE… USER… CHECK…]`: boots bare Debian machines under QEMU. On each, as root and as an
// ordinary user, it starts the last commit of this checkout, does the PonyORM tutorial in both modes, and tests the
// sandbox. It must run as root, on Linux.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endBy, heedSignals, Interruption } from '../../server/setup/interruption.mjs';
import { say } from '../../server/setup/say.mjs';
import { boot, readResults } from './boot.ts';
import { choiceOf } from './choice.ts';
import { checksOf, planOf, SET_UP, setUpFor, type Check } from './checks.ts';
import { doOrThrow, tryInside, type Done } from './doing.ts';
import { makeBase, makeRoot, placesOf, putProbe, type Places } from './files.ts';
import { whatIsMissing } from './host-tools.ts';
import type { Machine, User } from './machines.ts';
import { judge, tableOf, tallyOf, type Outcome } from './outcomes.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Programs of another processor take twenty times as long. */
const SET_UP_MS = 2 * 3_600_000;
const GIT_MS = 60_000;
/** How set-up tells an ordinary user what only root can install. */
const TOLD = /type "sudo (apt-get install [a-z0-9 .+-]+)"/;

heedSignals();
let exitCode = 2;
try {
  exitCode = await testMachines();
} catch (cause) {
  if (cause instanceof Interruption) endBy(cause.signal);
  else throw cause;
}
process.exit(exitCode);

async function testMachines(): Promise<number> {
  const choice = choiceOf(process.argv.slice(2));
  const problem = typeof choice === 'string' ? choice : whatIsMissing(choice.machines);
  if (typeof choice === 'string' || problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    return 2;
  }
  say(`On trial: ${(await doOrThrow('git', ['-C', ROOT, 'log', '-1', '--format=%h %s'], GIT_MS)).trim()}`);
  if ((await doOrThrow('git', ['-C', ROOT, 'status', '--porcelain'], GIT_MS)) !== '')
    say('Changes that are not committed are not tried.');
  const outcomes: Outcome[] = [];
  for (const machine of choice.machines) outcomes.push(...(await testMachine(machine, choice.users, choice.checks)));
  say(tableOf(outcomes));
  return tallyOf(outcomes).failed > 0 ? 1 : 0;
}

async function testMachine(machine: Machine, users: readonly User[], checks: readonly Check[]): Promise<Outcome[]> {
  const places = placesOf(join(ROOT, '.bankrun'), machine);
  const tell = (line: string): void => say(`${machine.name}: ${line}`);
  rmSync(places.log, { recursive: true, force: true });
  mkdirSync(places.log, { recursive: true });
  const setUps: Outcome[] = [];
  const failed = new Set<string>();
  try {
    tell('making the bare machine');
    await makeBase(machine, places);
    await makeRoot(places, ROOT);
    for (const { name: user, checkout } of users) {
      const begin = Date.now();
      tell(`${user} ${SET_UP}…`);
      const { ok, output } = await setUp(places, user, `cd ${checkout} && ${setUpFor(checksOf(user, checks))}`, tell);
      const log = join(places.log, `${user}-${SET_UP}.log`);
      writeFileSync(log, output);
      if (!ok) failed.add(user);
      setUps.push({
        machine: machine.name,
        user,
        check: SET_UP,
        verdict: ok ? 'ok' : 'FAILED',
        note: `${Math.round((Date.now() - begin) / 1000)} s; ${log}`,
      });
    }
    const able = users.filter(({ name }) => !failed.has(name));
    if (able.length > 0) {
      await putProbe(places, planOf(able, checks));
      await boot(machine, places, tell);
    }
  } catch (cause) {
    if (cause instanceof Interruption) throw cause;
    tell(cause instanceof Error ? cause.message : String(cause));
  }
  return [
    ...setUps,
    ...judge(
      machine.name,
      users.map(({ name }) => name),
      checks,
      readResults(places),
      failed,
      places.log,
    ),
  ];
}

/**
 * Sets up as a user. Like that user, it has root run the command for what is missing, unless root has already set up.
 */
async function setUp(places: Places, user: string, command: string, tell: (line: string) => void): Promise<Done> {
  const first = await tryInside(places, user, command, SET_UP_MS);
  const told = TOLD.exec(first.output)?.[1];
  if (first.ok || told === undefined) return first;
  tell(`root types what ${user} is told: ${told}`);
  const typed = await tryInside(places, 'root', `${told} --yes --quiet=2`, SET_UP_MS);
  const second = await tryInside(places, user, command, SET_UP_MS);
  return { ok: second.ok, output: [first, typed, second].map(({ output }) => output).join('\n') };
}
