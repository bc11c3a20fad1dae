import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import type { Context } from '../translation/context.ts';

const MOST_BUCKETS = 2 ** 31 - 1;

/**
 * Throws StatementError when the session does not allow hash-sharded indexes
 * (cockroachlabs.com/docs/v21.1/hash-sharded-indexes), or when the number of buckets is not possible. One node needs no
 * buckets: the index is an ordinary one here, next to its hidden shard column (`shard-columns.ts`).
 */
export function requireHashSharding(buckets: number, { session }: Context): void {
  if (session.variables.get('experimental_enable_hash_sharded_indexes') !== 'on')
    throw new StatementError(
      SQLSTATE.featureNotSupported,
      'hash sharded indexes require the experimental_enable_hash_sharded_indexes session variable',
    );
  if (!(buckets > 1 && buckets <= MOST_BUCKETS))
    throw new StatementError(
      SQLSTATE.invalidParameterValue,
      `BUCKET_COUNT must be a 32-bit integer greater than 1, got ${buckets}`,
    );
}
