import { randomBytes } from 'node:crypto';
import { DOCS_VERSION } from '../../identity/claimed-version.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';

const HINT = `See: https://www.cockroachlabs.com/docs/${DOCS_VERSION}/transaction-retry-error-reference.html`;
/** How the message of such an error begins, when there was a conflict. */
const CONFLICT = 'restart transaction: TransactionRetryWithProtoRefreshError';

/** Returns the retry error with this message (cockroachlabs.com/docs/stable/transaction-retry-error-reference). */
export function retryError(message: string): ErrorFields {
  return { code: SQLSTATE.serializationFailure, message, hint: HINT };
}

/** Whether an error says that a transaction has met another one. `force_retry` and `force_error` only act as if. */
export function isConflict({ code, message }: ErrorFields): boolean {
  return code === SQLSTATE.serializationFailure && message.startsWith(CONFLICT);
}

/**
 * Returns CockroachDB's most common retry error, which programs recognise by its first words. With `atCommit`, reads
 * could not be repeated at a later time; otherwise a later write was in the way. Its timestamps are read from this
 * machine's clock.
 */
export function transactionRetryError(atCommit: boolean): ErrorFields {
  const nanoseconds = String(process.hrtime.bigint() % 1_000_000_000n).padStart(9, '0');
  const now = `${Math.floor(Date.now() / 1000)}.${nanoseconds}`;
  const cause = atCommit
    ? 'TransactionRetryError: retry txn (RETRY_SERIALIZABLE - failed preemptive refresh): '
    : `WriteTooOldError: write at timestamp ${now},0 too old; wrote at ${now},1: `;
  const id = randomBytes(4).toString('hex');
  const priority = `0.${randomBytes(3).readUIntBE(0, 3)}`;
  return retryError(
    `${CONFLICT}: ${cause}"sql txn" ` +
      `meta={id=${id} pri=${priority} epo=0 ts=${now},1 min=${now},0 seq=0} lock=true ` +
      `stat=PENDING rts=${now},0 wto=false gul=${now},0`,
  );
}
