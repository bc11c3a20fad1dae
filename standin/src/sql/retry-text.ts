import { randomBytes } from 'node:crypto';

/**
 * The words of CockroachDB's commonest retry error (cockroachlabs.com/docs/stable/transaction-retry-error-reference).
 * `atCommit`: reads had to be repeated at a later time, and could not; else a later write was in the way. Programs and
 * readers look at its beginning; the clock readings are this machine's.
 */
export function retryText(atCommit: boolean): string {
  const now = `${Math.floor(Date.now() / 1000)}.${String(process.hrtime.bigint() % 1_000_000_000n).padStart(9, '0')}`;
  const id = randomBytes(4).toString('hex');
  const cause = atCommit
    ? 'TransactionRetryError: retry txn (RETRY_SERIALIZABLE - failed preemptive refresh): '
    : `WriteTooOldError: write at timestamp ${now},0 too old; wrote at ${now},1: `;
  return (
    `restart transaction: TransactionRetryWithProtoRefreshError: ${cause}` +
    `"sql txn" meta={id=${id} pri=0.${randomBytes(3).readUIntBE(0, 3)} epo=0 ts=${now},1 min=${now},0 seq=0} lock=true stat=PENDING rts=${now},0 wto=false gul=${now},0`
  );
}
