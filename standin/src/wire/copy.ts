import { encode, text } from '../protocol/encode.ts';
import type { Message } from '../protocol/message-reader.ts';
import { CLIENT } from '../protocol/message-types.ts';
import { SQLSTATE } from '../protocol/sqlstate.ts';
import { StatementError } from '../protocol/statement-error.ts';
import { COPY_CANCELED, copyRefused } from '../sql/results/copy-errors.ts';
import { topLevelWord } from '../sql/text/brackets.ts';
import type { Statement } from '../sql/text/statement.ts';
import { isWord } from '../sql/text/tokens.ts';
import type { Backend } from './backend.ts';
import type { ClientMessages } from './client-messages.ts';

/** The messages of COPY FROM STDIN. They are ignored when there is no COPY, as after a refused one. */
export const COPY_MESSAGES: string[] = [CLIENT.copyData, CLIENT.copyDone, CLIENT.copyFail];
/** Messages that mean nothing in a COPY (postgresql.org/docs/18/protocol-flow.html#PROTOCOL-COPY). */
const IGNORED: string[] = [CLIENT.flush, CLIENT.sync];

/** What PostgreSQL is told when a client gives up, or is gone. Its error repeats the reason. */
const CANCELED = copyFail(COPY_CANCELED);
const CLIENT_GONE = { type: CLIENT.copyFail, bytes: CANCELED };

/**
 * Passes the client's rows to PostgreSQL until one side ends the COPY; `done` resolves when PostgreSQL does. What the
 * client sends after that is not passed on. Any message that does not belong to a COPY ends it with an error.
 */
export async function copyIn(messages: ClientMessages, backend: Backend, done: Promise<void>): Promise<void> {
  for (;;) {
    const message = await Promise.race([done, messages.peek().then((came) => came ?? CLIENT_GONE)]);
    if (!message) return;
    await messages.next();
    if (IGNORED.includes(message.type)) continue;
    backend.send(forPostgres(message));
    if (message.type !== CLIENT.copyData) return await done;
  }
}

function forPostgres({ type, bytes }: Pick<Message, 'type' | 'bytes'>): Buffer {
  if (!COPY_MESSAGES.includes(type)) return copyFail(copyRefused(type));
  return type === CLIENT.copyFail ? CANCELED : bytes;
}

function copyFail(reason: string): Buffer {
  return encode(CLIENT.copyFail, text(reason));
}

/** Throws StatementError, in CockroachDB's words, for COPY FROM: it takes rows by the simple protocol only. */
export function checkNoCopyFrom(statements: readonly Statement[]): void {
  const isCopyFrom = ({ tokens }: Statement): boolean =>
    isWord(tokens[0], 'copy') && topLevelWord(tokens, ['from']) >= 0;
  if (statements.some(isCopyFrom))
    throw new StatementError(SQLSTATE.uncategorized, 'CopyFrom not supported in extended protocol mode');
}
