import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standinCommand, STANDIN_MS } from '../support/standin.ts';
import type { Address } from './statement-connection.ts';
import { startEngine } from './statement-engine.ts';
import { Follower } from './statement-follower.ts';
import { judge, type Names, type Verdict } from './statement-judge.ts';
import { playSession } from './statement-play.ts';
import { readSessions, type Session } from './statement-recording.ts';
import { count, verdictTable } from './verdict-table.ts';

const SESSION_MS = 240_000;
const LEAST_SAME = 0.75;
const LEAST_GOOD = 0.9;
const KINDS: Verdict[] = ['same', 'same-data', 'newer', 'refused', 'other-code', 'wrong'];
/**
 * Another `cockroach` to compare with: what it does otherwise is reported, not failed, since newer versions say other
 * things.
 */
const other = process.env['CONFORMANCE_COCKROACH'];
/** Sessions that tutorials and drivers stand on: nothing in them may be refused. */
const WHOLE = /^(tutorial|driver-.*|transactions|contention|write-skew|upsert)$/;
/** Wrong, and only because of an earlier refusal, in a way that names do not show. */
const AFTERMATH: Record<string, string[]> = {
  copy: ['SELECT count(*) FROM t'],
  settings: [
    "SELECT name, setting FROM pg_catalog.pg_settings WHERE name IN ('application_name', 'default_transaction_isolation', 'server_version') ORDER BY 1",
  ],
};

interface Judged {
  sql: string;
  verdict: Verdict;
  why: string[];
  afterRefusal: boolean;
}

/** By session and mode; empty until it was played. */
const played = new Map<string, Verdict[]>();

async function play(address: Address, session: Session): Promise<Judged[]> {
  const names: Names = new Map();
  const follower = new Follower();
  const judged: Judged[] = [];
  await playSession(address, session, (step, seen) => {
    const { verdict, why } = judge(step, seen, names);
    const afterRefusal = verdict === 'wrong' && follower.follows(step);
    judged.push({ sql: step.sql ?? `(connect ${JSON.stringify(step.connect)})`, verdict, why, afterRefusal });
    if (verdict === 'refused' || afterRefusal) follower.refused(step, seen);
    else follower.settled(step, seen);
  });
  return judged;
}

describe.each([
  { mode: 'insecure', secure: false },
  { mode: 'secure', secure: true },
])('statements, $mode', ({ mode, secure }) => {
  let engine: Awaited<ReturnType<typeof startEngine>>;

  beforeAll(async () => {
    engine = await startEngine(other ?? (await standinCommand()), secure);
  }, STANDIN_MS);
  afterAll(async () => engine?.stop());

  const fitting = readSessions().filter((session) => session.mode === 'both' || session.mode === mode);
  for (const { session } of fitting) played.set(`${session} ${mode}`, []);
  it.each(fitting.map((session) => ({ name: session.session, session })))(
    '$name',
    { timeout: SESSION_MS },
    async ({ name, session }) => {
      const judged = await play(engine.address, session);
      played.set(
        `${name} ${mode}`,
        judged.map(({ verdict }) => verdict),
      );
      if (other !== undefined) return;
      const excused = AFTERMATH[name] ?? [];
      expect(
        judged.filter(
          ({ verdict, afterRefusal, sql }) => verdict === 'wrong' && !afterRefusal && !excused.includes(sql),
        ),
      ).toEqual([]);
      if (WHOLE.test(name))
        expect(
          judged.filter(({ verdict }) => verdict !== 'same' && verdict !== 'same-data' && verdict !== 'newer'),
        ).toEqual([]);
    },
  );
});

describe('statements, in all', () => {
  it('are reported by session', () => {
    console.log(verdictTable('statements', KINDS, played));
  });

  it('are answered with the same data in nine of ten, in the same words in three of four', (context) => {
    if (other !== undefined)
      context.skip('CONFORMANCE_COCKROACH names another engine, which is reported and not judged');
    const all = [...played.values()].flat();
    expect(all.length).toBeGreaterThan(0);
    expect(count(all, 'same') / all.length).toBeGreaterThanOrEqual(LEAST_SAME);
    expect(count(all, 'same', 'same-data', 'newer') / all.length).toBeGreaterThanOrEqual(LEAST_GOOD);
  });
});
