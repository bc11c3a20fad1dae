import type { Context } from 'hono';
import { nodeBindings } from './node-bindings.ts';

/**
 * Calls `act` once, when a request's answer was sent completely or never will be; immediately when that has already
 * happened. This includes answers that are queued behind another one when their connection closes.
 */
export function onResponseEnd(context: Context, act: () => void): void {
  const { outgoing } = nodeBindings(context);
  if (!outgoing || outgoing.closed || outgoing.destroyed) act();
  else outgoing.once('close', act);
}

/** Returns a signal that aborts when the client disconnects before it has received the whole answer. */
export function clientGoneSignal(context: Context): AbortSignal {
  const cut = new AbortController();
  onClientGone(context, () => cut.abort());
  return cut.signal;
}

/** Calls `act` when the client disconnects before it has received the whole answer. */
export function onClientGone(context: Context, act: () => void): void {
  const { outgoing } = nodeBindings(context);
  onResponseEnd(context, () => {
    if (outgoing?.writableFinished === false) act();
  });
}
