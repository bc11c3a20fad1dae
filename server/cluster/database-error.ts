/** An error that the database returned, or a broken connection (which has no SQLSTATE). */
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
