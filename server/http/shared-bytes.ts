import type { Context } from 'hono';

const kept = new WeakMap<object, WeakRef<Buffer>>();

/**
 * Returns the UTF-8 bytes of the text that `make` returns for a thing. Answers that are sent at the same time share
 * them; they are freed when no answer needs them any more. `make` must always return the same text for one thing.
 */
export function sharedBytes(thing: object, make: () => string): Buffer<ArrayBuffer> {
  const known = kept.get(thing)?.deref() as Buffer<ArrayBuffer> | undefined;
  if (known) return known;
  const made = Buffer.from(make());
  kept.set(thing, new WeakRef(made));
  return made;
}

/** Answers with the value as JSON, or with the head only when there is no value. */
export function sendShared(context: Context, value: object | undefined): Response {
  context.header('Content-Type', 'application/json');
  return value
    ? sendBytes(
        context,
        sharedBytes(value, () => JSON.stringify(value)),
      )
    : context.body(null);
}

/** Answers with these bytes, or to HEAD with their length. Uses a stream because a `Response` would copy them. */
export function sendBytes(context: Context, bytes: Buffer<ArrayBuffer>): Response {
  context.header('Content-Length', String(bytes.length));
  if (context.req.method === 'HEAD') return context.body(null);
  const pull = (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void => {
    controller.enqueue(bytes);
    controller.close();
  };
  return context.body(new ReadableStream({ pull }, { highWaterMark: 0 }));
}
