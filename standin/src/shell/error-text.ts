/** The parts of an error or a notice of the server that the shell prints. */
export interface ServerMessage {
  message: string;
  severity?: string | undefined;
  code?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  constraint?: string | undefined;
}

/** Returns an error or notice as the shell prints it, without a newline at the end. */
export function errorText(error: ServerMessage, options: { severity: boolean } = { severity: true }): string {
  const notice = error.severity === 'NOTICE';
  return [
    `${options.severity ? `${error.severity ?? 'ERROR'}: ` : ''}${error.message}`,
    ...(error.code && !notice ? [`SQLSTATE: ${error.code}`] : []),
    ...(error.detail ? [`DETAIL: ${error.detail}`] : []),
    ...(error.constraint ? [`CONSTRAINT: ${error.constraint}`] : []),
    ...(error.hint ? [`HINT: ${error.hint}`] : []),
  ].join('\n');
}
