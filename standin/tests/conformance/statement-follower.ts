import type { Seen, Step } from './statement-recording.ts';

/** Words that are followed by a name. */
const BEFORE_NAME =
  'table into update from join view sequence index on user role database schema type exists ' +
  'use prepare execute savepoint constraint column to';
const NAMED = new RegExp(`\\b(?:${BEFORE_NAME.replaceAll(' ', '|')})\\s+"?(?:\\w+"?\\."?)*(\\w+)`, 'gi');
/** Words that may follow instead, and names that every database has. */
const NO_NAMES = new Set(
  (
    'if not exists conflict select set savepoint system only values all admin root delete update database table ' +
    'column public generate_series show true false on stdin stdout nosuch'
  ).split(' '),
);
const LISTS = /^show|\[show|pg_catalog|pg_class|information_schema|crdb_internal/;

/**
 * Recognises failures that may only follow from an earlier refusal in the session: of a statement that names or lists
 * what a refused one should have made or changed, or on a connection whose transaction that refusal broke.
 */
export class Follower {
  readonly #names = new Set<string>();
  readonly #broken = new Set<string>();

  refused(step: Step, seen: Seen): void {
    for (const [, name] of (step.sql ?? '').matchAll(NAMED))
      if (!NO_NAMES.has(name!.toLowerCase())) this.#names.add(name!.toLowerCase());
    if (seen.status !== step.expect!.status) this.#broken.add(step.connection ?? 'a');
  }

  settled(step: Step, seen: Seen): void {
    if (seen.status === 'I' && step.expect!.status === 'I') this.#broken.delete(step.connection ?? 'a');
  }

  follows(step: Step): boolean {
    if (this.#broken.has(step.connection ?? 'a')) return true;
    const sql = (step.sql ?? '').toLowerCase();
    const words = new Set(sql.match(/\w+/g));
    const cells = LISTS.test(sql) ? step.expect!.answers.flatMap(({ rows }) => rows.flat()) : [];
    const listed = new Set(cells.flatMap((value) => (value ?? '').toLowerCase().match(/\w+/g) ?? []));
    return [...this.#names].some((name) => words.has(name) || listed.has(name));
  }
}
