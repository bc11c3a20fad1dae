import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Returns Node's request and response of a context; empty when the app is called without a server. */
export function nodeBindings(context: Context): Partial<HttpBindings> {
  return (context.env ?? {}) as Partial<HttpBindings>;
}
