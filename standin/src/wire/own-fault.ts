import { notSupported, unimplemented } from '../protocol/statement-error.ts';

/**
 * Returns what a statement fails with when an exception of the stand-in's own code ended it: a refusal, so that one
 * statement does not end its client's connection. Any other cause is returned as it is.
 */
export function refusalOfFault(cause: unknown): unknown {
  if (cause instanceof RangeError && cause.message.includes('call stack'))
    return notSupported('statements that are nested so deeply');
  if (cause instanceof TypeError)
    return unimplemented('the stand-in for CockroachDB has a fault that this statement meets');
  return cause;
}
