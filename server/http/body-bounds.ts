import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../errors.ts';
import { nodeBindings } from './node-bindings.ts';
import { BODY_WITHOUT_LENGTH, bodyTooLargeSentence } from '../sentences/request-sentences.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Refuses bodies that are too large or have no Content-Length: sent in chunks of one byte, 1 MiB would be a million
 * pieces of work. Closes the connection after an answer that did not read the whole body, because Node would otherwise
 * read the rest.
 */
export const boundBodies: MiddlewareHandler = async (context, next) => {
  if (context.req.header('transfer-encoding') !== undefined) {
    endConnection(context);
    throw new AppError('length-required', BODY_WITHOUT_LENGTH);
  }
  const bytes = Number(context.req.header('content-length') ?? 0);
  if (bytes > MAX_BODY_BYTES) {
    endConnection(context);
    throw new AppError('too-large', bodyTooLargeSentence(MAX_BODY_BYTES));
  }
  await next();
  const { incoming } = nodeBindings(context);
  if (bytes > 0 && incoming?.complete === false) endConnection(context);
};

function endConnection(context: Context): void {
  context.header('Connection', 'close');
}
