import { encode, text } from '../protocol/encode.ts';
import { CLIENT } from '../protocol/message-types.ts';
import type { Backend } from './backend.ts';
import type { ClientMessages } from './client-messages.ts';

/** The messages of COPY FROM STDIN. They are ignored when there is no COPY, as after a refused one. */
export const COPY_MESSAGES: string[] = [CLIENT.copyData, CLIENT.copyDone, CLIENT.copyFail];

const CLIENT_GONE = { type: CLIENT.copyFail, bytes: encode(CLIENT.copyFail, text('the client is gone')) };

/**
 * Passes the client's rows to PostgreSQL until one side ends the COPY; `done` resolves when PostgreSQL does. What the
 * client sends after that is not passed on.
 */
export async function copyIn(messages: ClientMessages, backend: Backend, done: Promise<void>): Promise<void> {
  for (;;) {
    const message = await Promise.race([done, messages.peek().then((came) => came ?? CLIENT_GONE)]);
    if (!message) return;
    await messages.next();
    if (!COPY_MESSAGES.includes(message.type)) continue;
    backend.send(message.bytes);
    if (message.type !== CLIENT.copyData) return await done;
  }
}
