import type { Context } from 'hono';
import { AppError } from '../errors.ts';
import type { Owner } from '../sandbox/owner.ts';
import { UNKNOWN_TOKEN } from '../sentences/request-sentences.ts';

/**
 * Tells a balancer in front of several servers that a claim was refused which another one may grant: the reader has
 * nothing here, and so may be sent to any. The value is the error's code. HAProxy acts on it (`deploy/haproxy.cfg`).
 */
const ELSEWHERE = 'Bankrun-Elsewhere';

/**
 * Returns the error to answer a refused claim with, for a reader who has no sandbox here, and marks the answer. A page
 * of another site is sent elsewhere by refusing its token, which names this server: it then asks any server for one.
 */
export function refusalElsewhere(context: Context, cause: unknown, owner: Owner, drains: boolean): unknown {
  if (!(cause instanceof AppError) || (cause.code !== 'full' && cause.code !== 'unavailable')) return cause;
  if (drains && owner.origin !== undefined) return new AppError('unknown-token', UNKNOWN_TOKEN);
  context.header(ELSEWHERE, cause.code);
  return cause;
}
