import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import type { Job } from '../sql/translation/node.ts';

/** SHOW JOBS lists what ended within the last 12 hours; more than this many are not kept. */
const KEPT = 200;
const CHANGED = 'index table view sequence type schema database'.split(' ');

/** Whether CockroachDB carries out the statement as a job (cockroachlabs.com/docs/v21.1/show-jobs). */
function isSchemaChange({ tokens }: Statement): boolean {
  const [verb, ...next] = tokens.slice(0, 4);
  if (isWord(verb, 'create')) return next.some((token) => isWord(token, 'index'));
  return isWord(verb, 'truncate') || (isWord(verb, 'alter', 'drop') && next.some((token) => isWord(token, ...CHANGED)));
}

/** The changes to the schema that sessions have committed. */
export class JobLog {
  readonly jobs: Job[] = [];

  add(job: Omit<Job, 'id'>): void {
    const latest = this.jobs.at(-1)?.id ?? 0n;
    // Like a row id: from the time, and never the same twice.
    const now = BigInt(job.startedAt.getTime() - Date.UTC(2015, 0, 1)) * 100n;
    const id = (now << 15n) + 1n;
    this.jobs.push({ ...job, id: id > latest ? id : latest + (1n << 15n) });
    if (this.jobs.length > KEPT) this.jobs.shift();
  }
}

/** The changes to the schema of one session that are not committed yet. */
export class PendingJobs {
  readonly #log: JobLog;
  readonly #user: string;
  #pending: Omit<Job, 'id'>[] = [];

  constructor(log: JobLog, user: string) {
    this.#log = log;
    this.#user = user;
  }

  /** Notes a statement that has ended well; when no transaction is open any more, so have those before it. */
  note(statement: Statement, isOpen: boolean): void {
    if (isWord(statement.tokens[0], 'rollback', 'abort') && !isOpen) this.#pending = [];
    const now = new Date();
    if (isSchemaChange(statement)) {
      const description = statement.written ?? statement.source;
      this.#pending.push({ description, user: this.#user, startedAt: now, finishedAt: now });
    }
    if (isOpen) return;
    for (const job of this.#pending) this.#log.add(job);
    this.#pending = [];
  }
}
