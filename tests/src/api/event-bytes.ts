import type { RunEvent } from '../../../shared/protocol.ts';

const encoder = new TextEncoder();

/** Returns events as they are sent over the wire, numbered from `first`. */
export function eventBytes(events: RunEvent[], first = 1): Uint8Array {
  return encoder.encode(
    events.map((event, index) => `data: ${JSON.stringify(event)}\nid: ${first + index}\n\n`).join(''),
  );
}

/** Returns a connection that delivers these bytes, in chunks of this size, and then breaks, ends, or stays silent. */
export function connection(
  bytes: Uint8Array,
  ending: 'break' | 'end' | 'silence',
  pieceBytes = 7,
): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (at < bytes.length) {
        controller.enqueue(bytes.slice(at, at + pieceBytes));
        at += pieceBytes;
      } else if (ending === 'break') controller.error(new TypeError('network error'));
      else if (ending === 'end') controller.close();
      else await new Promise(() => undefined);
    },
  });
}
