import { accountsOf, barOf, totalOf, type Account } from '../../accounts.ts';
import type { Mode, RunEvent } from '../../../shared/protocol.ts';

/**
 * How long amounts and bars take to move to their new values. `styles/balances.css` has the same duration for the bars.
 */
const MOTION_MS = 350;

/** The accounts in a step's figure: first those that the page was built with, then those in the step's rows. */
export class BalancesView {
  readonly #table: HTMLTableElement;
  readonly #atFirst: { body: Node; caption: string };
  #accounts: Account[];
  #frame = 0;

  /**
   * Returns the view of a figure's accounts; undefined when it has none. `mode` is set when both modes share the
   * figure: each mode then gets accounts of its own.
   */
  static of(figure: Element, mode: Mode | undefined): BalancesView | undefined {
    const place = figure.querySelector<HTMLElement>(':scope > [data-balances]:not([data-show])');
    if (place && mode !== undefined) {
      const other = place.cloneNode(true) as HTMLElement;
      other.dataset['show'] = mode === 'secure' ? 'insecure' : 'secure';
      place.dataset['show'] = mode;
      place.after(other);
    }
    const own = mode === undefined ? place : figure.querySelector(`:scope > [data-balances][data-show="${mode}"]`);
    const table = own?.querySelector('table');
    return table ? new BalancesView(table) : undefined;
  }

  private constructor(table: HTMLTableElement) {
    this.#table = table;
    this.#atFirst = { body: table.tBodies[0]!.cloneNode(true), caption: table.caption!.textContent };
    this.#accounts = this.#read();
  }

  /** Shows the accounts after an earlier run's events at once; without events, the initial accounts. */
  replay(events: readonly RunEvent[]): void {
    cancelAnimationFrame(this.#frame);
    this.#table.tBodies[0]!.replaceWith(this.#atFirst.body.cloneNode(true));
    this.#table.caption!.textContent = this.#atFirst.caption;
    this.#accounts = this.#read();
    this.#write(this.#accounts, this.#accounts);
    for (const event of events) if (event.type === 'rows') this.show(event, false);
  }

  /**
   * Draws a statement's rows as accounts, with a short animation when the owners are unchanged. Returns false when the
   * rows are not accounts.
   */
  show({ columns, rows, count = rows.length }: RunEvent & { type: 'rows' }, moves = true): boolean {
    const accounts = count === rows.length ? accountsOf(columns, rows) : undefined;
    if (!accounts) return false;
    cancelAnimationFrame(this.#frame);
    const before = this.#accounts;
    const areSame = accounts.map(({ owner }) => owner).join('\n') === before.map(({ owner }) => owner).join('\n');
    if (!areSame) this.#lay(accounts);
    this.#accounts = accounts;
    this.#table.caption!.textContent = 'As last read here';
    const isStill = !moves || !areSame || matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#write(isStill ? accounts : before, accounts);
    if (!isStill) this.#move(before, accounts);
    return true;
  }

  /** Makes one table row for each account, as a copy of the first row that the page was built with. */
  #lay(accounts: Account[]): void {
    const row = this.#atFirst.body.firstChild!;
    this.#table.tBodies[0]!.replaceChildren(...accounts.map(() => row.cloneNode(true)));
  }

  #move(before: Account[], after: Account[]): void {
    const startMs = performance.now();
    const step = (): void => {
      const part = Math.min(1, (performance.now() - startMs) / MOTION_MS);
      const eased = 1 - (1 - part) ** 3;
      const now = after.map(({ owner, balance }, index) => ({
        owner,
        balance: Math.round(before[index]!.balance + (balance - before[index]!.balance) * eased),
      }));
      this.#write(now, after);
      if (part < 1) this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  /** Writes the amounts of `shown` and the bars of `accounts`, which CSS animates. Everything is written as text. */
  #write(shown: Account[], accounts: Account[]): void {
    const total = totalOf(accounts);
    for (const [index, row] of [...this.#table.tBodies[0]!.rows].entries()) {
      row.querySelector('th')!.textContent = accounts[index]!.owner;
      row.querySelector('.amount')!.textContent = String(shown[index]!.balance);
      row.querySelector('rect')!.setAttribute('width', barOf(accounts[index]!.balance, total));
    }
    this.#table.tFoot!.querySelector('.amount')!.textContent = String(total);
  }

  #read(): Account[] {
    return [...this.#table.tBodies[0]!.rows].map((row) => ({
      owner: row.querySelector('th')!.textContent,
      balance: Number(row.querySelector('.amount')!.textContent),
    }));
  }
}
