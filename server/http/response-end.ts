import type { Context } from 'hono';
import { nodeBindings } from './node-bindings.ts';

/**
 * Does `act`, once, when the answer to a request was sent to its last byte or never will be; at once where that is so
 * already. Node tells of answers that wait behind another of their connection too, when that connection ends.
 */
export function onResponseEnd(context: Context, act: () => void): void {
  const { outgoing } = nodeBindings(context);
  if (!outgoing || outgoing.closed || outgoing.destroyed) act();
  else outgoing.once('close', act);
}

/** Aborts when the client is gone before the answer to its request was sent to the last byte. */
export function clientGoneSignal(context: Context): AbortSignal {
  const cut = new AbortController();
  onClientGone(context, () => cut.abort());
  return cut.signal;
}

/** Does `act` when the client was gone before the answer to its request was sent to the last byte. */
export function onClientGone(context: Context, act: () => void): void {
  const { outgoing } = nodeBindings(context);
  onResponseEnd(context, () => {
    if (outgoing?.writableFinished === false) act();
  });
}
