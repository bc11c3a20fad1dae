import { unimplemented } from '../protocol/statement-error.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import type { Portal } from './prepared.ts';
import type { Transaction } from './transaction.ts';

const HINT =
  'You have attempted to use a feature that is not yet implemented.\nSee: https://go.crdb.dev/issue-v/40195/v21.1';

/** What a client may not do while a portal is open, in CockroachDB's words: execute another one. */
export const EXECUTE = 'cannot execute a portal while a different one is open';
/** Close something else. */
export const CLOSE = 'cannot close a portal while a different one is open';

/** Anything else, by CockroachDB's name of the command, such as `ExecStmt`. */
export function perform(command: string): string {
  return `cannot perform operation sql.${command} while a different portal is open`;
}

/**
 * The portal of which a transaction has read some rows and not all. Until its last row, or until it is closed, v21.1 of
 * CockroachDB allows nothing else but the end of the transaction (github.com/cockroachdb/cockroach/issues/40195).
 */
export class OpenPortal {
  readonly #transaction: Transaction;
  #portal: Portal | undefined;
  #number = 0;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /** Records that some rows of the portal were sent, or all. */
  note(portal: Portal): void {
    this.#portal = portal.completed === undefined ? portal : undefined;
    this.#number = this.#transaction.number;
  }

  forget(): void {
    this.#portal = undefined;
  }

  /**
   * Checks a message while a portal is open: `detail` says that it is not allowed, `statement` is what it is about, and
   * `portal` what it executes or closes. Throws StatementError (featureNotSupported), after which none is open.
   */
  check(detail: string, statement?: Statement, portal?: Portal): void {
    if (!this.#portal || portal === this.#portal || (statement && endsTransaction(statement))) return;
    this.#portal = undefined;
    if (this.#transaction.state !== 'open' || this.#number !== this.#transaction.number) return;
    throw unimplemented('multiple active portals not supported', {
      detail,
      hint: HINT,
    });
  }
}

/** Whether the statement ends the transaction as a whole. */
function endsTransaction({ tokens: [first, second, third] }: Statement): boolean {
  if (!isWord(first, 'commit', 'end', 'rollback', 'abort')) return false;
  return !isWord(second, 'to') && !isWord(third, 'to');
}
