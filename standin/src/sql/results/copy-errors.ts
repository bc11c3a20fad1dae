import { CLIENT } from '../../protocol/message-types.ts';
import { SQLSTATE } from '../../protocol/sqlstate.ts';
import type { ErrorFields } from '../../protocol/statement-error.ts';

/** How PostgreSQL's error begins when a COPY fails by the client's will; the reason that it was told follows. */
const FAILED = 'COPY from stdin failed: ';

/** Why a COPY failed that the client has given up, in CockroachDB's words. */
export const COPY_CANCELED = 'client canceled COPY';

/** CockroachDB's names of the messages that have no place in a COPY (its Go type `ClientMessageType`). */
const MESSAGE_NAMES = new Map<string, string>([
  [CLIENT.bind, 'ClientMsgBind'],
  [CLIENT.close, 'ClientMsgClose'],
  [CLIENT.describe, 'ClientMsgDescribe'],
  [CLIENT.execute, 'ClientMsgExecute'],
  [CLIENT.parse, 'ClientMsgParse'],
  [CLIENT.query, 'ClientMsgSimpleQuery'],
  [CLIENT.terminate, 'ClientMsgTerminate'],
]);

/** Why a COPY failed in which the client sent a message of that type. */
export function copyRefused(type: string): string {
  return `unrecognized client message type ${MESSAGE_NAMES.get(type) ?? type}`;
}

/** Rewords PostgreSQL's error about a COPY that the client ended; undefined for any other error. */
export function endedCopy({ message }: ErrorFields): ErrorFields | undefined {
  if (!message.startsWith(FAILED)) return undefined;
  const reason = message.slice(FAILED.length);
  return { code: reason === COPY_CANCELED ? SQLSTATE.uncategorized : SQLSTATE.protocolViolation, message: reason };
}
