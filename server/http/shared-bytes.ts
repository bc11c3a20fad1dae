import type { Context } from 'hono';

const kept = new WeakMap<object, WeakRef<Buffer>>();

/**
 * The UTF-8 bytes of what `make` writes of a thing, made once for all who send it at the same time: they hold the same
 * bytes, which go when the last of them has sent them. One thing must always be written the same way.
 */
export function sharedBytes(thing: object, make: () => string): Buffer<ArrayBuffer> {
  const known = kept.get(thing)?.deref() as Buffer<ArrayBuffer> | undefined;
  if (known) return known;
  const made = Buffer.from(make());
  kept.set(thing, new WeakRef(made));
  return made;
}

/** Answers with that value as JSON, or with the head alone. */
export function sendShared(context: Context, value: object | undefined): Response {
  context.header('Content-Type', 'application/json');
  return value
    ? sendBytes(
        context,
        sharedBytes(value, () => JSON.stringify(value)),
      )
    : context.body(null);
}

/** Answers with these bytes, or to HEAD with their length. A stream, for a `Response` would copy what it is made of. */
export function sendBytes(context: Context, bytes: Buffer<ArrayBuffer>): Response {
  context.header('Content-Length', String(bytes.length));
  if (context.req.method === 'HEAD') return context.body(null);
  const pull = (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void => {
    controller.enqueue(bytes);
    controller.close();
  };
  return context.body(new ReadableStream({ pull }, { highWaterMark: 0 }));
}
