/** An error that the database answered with, or a connection that broke (then without a SQLSTATE). */
export class DatabaseError extends Error {
  readonly sqlState: string | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;

  constructor(
    message: string,
    fields: { code?: string | undefined; detail?: string | undefined; hint?: string | undefined } = {},
  ) {
    super(message);
    this.name = 'DatabaseError';
    this.sqlState = fields.code;
    this.detail = fields.detail;
    this.hint = fields.hint;
  }
}
