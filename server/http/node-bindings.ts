import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Node's request and answer behind a context; neither where the app is asked without a server. */
export function nodeBindings(context: Context): Partial<HttpBindings> {
  return (context.env ?? {}) as Partial<HttpBindings>;
}
