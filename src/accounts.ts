/** A row of a small bank's accounts table, as `view=balances` draws it. */
export interface Account {
  owner: string;
  /** A whole number, in the table's own unit. */
  balance: number;
}

const COLUMNS = 'owner balance';
/** More accounts would not fit in the figure. */
const MAX_ACCOUNTS = 12;
const MAX_OWNER_CHARACTERS = 40;
/** At most 12 digits, so that the sum of all accounts is exact in a JavaScript number. */
const BALANCE = /^-?\d{1,12}$/;

/**
 * Returns a statement's rows as accounts, or undefined when the columns are not `owner` and `balance`, a balance is not
 * a whole number, or there are too many rows to draw.
 */
export function accountsOf(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): Account[] | undefined {
  if (columns.join(' ') !== COLUMNS || rows.length === 0 || rows.length > MAX_ACCOUNTS) return undefined;
  const accounts = rows.map(([owner, balance]) => ({
    owner: owner ?? '',
    balance: BALANCE.test(balance ?? '') ? Number(balance) : Number.NaN,
  }));
  return accounts.every(
    ({ owner, balance }) => owner !== '' && owner.length <= MAX_OWNER_CHARACTERS && !Number.isNaN(balance),
  )
    ? accounts
    : undefined;
}

/** Returns the sum of all balances. */
export function totalOf(accounts: readonly Account[]): number {
  return accounts.reduce((sum, { balance }) => sum + balance, 0);
}

/**
 * Returns the length of an account's bar as a CSS percentage (`12.5%`): its share of the total, so that a transfer
 * shortens one bar by as much as it lengthens another.
 */
export function barOf(balance: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, balance / total)) : 0;
  return `${Math.round(share * 10_000) / 100}%`;
}
