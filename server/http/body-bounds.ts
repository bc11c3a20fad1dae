import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import { nodeBindings } from './node-bindings.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Refuses bodies that are too large, and those that do not say how large they are: in chunks of one byte, a mebibyte is
 * a million pieces of work. Ends the connection after an answer that did not wait for the body, or Node would read it
 * to its end.
 */
export const boundBodies: MiddlewareHandler = async (context, next) => {
  if (context.req.header('transfer-encoding') !== undefined) {
    endConnection(context);
    throw new AppError('length-required', 'The request must say how large its body is, in Content-Length.');
  }
  const bytes = Number(context.req.header('content-length') ?? 0);
  if (bytes > MAX_BODY_BYTES) {
    endConnection(context);
    throw new AppError('too-large', `The request is larger than ${MAX_BODY_BYTES >> 20} MiB.`);
  }
  await next();
  const { incoming } = nodeBindings(context);
  if (bytes > 0 && incoming?.complete === false) endConnection(context);
};

function endConnection(context: Context): void {
  context.header('Connection', 'close');
}
