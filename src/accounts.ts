/** An account of a small bank, as `view=balances` draws it. */
export interface Account {
  owner: string;
  /** A whole number, in the unit that the table keeps. */
  balance: number;
}

const COLUMNS = 'owner balance';
/** More do not fit beside a title. */
const MOST_ACCOUNTS = 12;
const MOST_OWNER_CHARACTERS = 40;
/** Few enough digits that the sum of all accounts is exact. */
const BALANCE = /^-?\d{1,12}$/;

/** A statement's rows as accounts; undefined when they are anything else: other columns, no whole numbers, too many. */
export function accountsOf(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): Account[] | undefined {
  if (columns.join(' ') !== COLUMNS || rows.length === 0 || rows.length > MOST_ACCOUNTS) return undefined;
  const accounts = rows.map(([owner, balance]) => ({
    owner: owner ?? '',
    balance: BALANCE.test(balance ?? '') ? Number(balance) : Number.NaN,
  }));
  return accounts.every(
    ({ owner, balance }) => owner !== '' && owner.length <= MOST_OWNER_CHARACTERS && !Number.isNaN(balance),
  )
    ? accounts
    : undefined;
}

/** What all accounts hold together. */
export function totalOf(accounts: readonly Account[]): number {
  return accounts.reduce((sum, { balance }) => sum + balance, 0);
}

/**
 * How long an account's bar is: its share of all the money, so that what one loses and another gains is as long. In
 * percent, for an attribute.
 */
export function barOf(balance: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, balance / total)) : 0;
  return `${Math.round(share * 10_000) / 100}%`;
}
