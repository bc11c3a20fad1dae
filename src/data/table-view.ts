import { MAX_PAGE_ROWS } from '../../shared/limits.ts';
import type { Holdings, Table, TablePage } from '../../shared/protocol.ts';
import { AwayError, RefusedError } from '../api/request.ts';
import { button, element } from '../ui/element.ts';
import { tableTitle } from '../sentences/table-words.ts';
import { marksOf, transferIn } from './changes.ts';
import { Chart } from './chart.ts';
import { gridOf, type Order } from './grid.ts';
import { TableMemory } from './table-memory.ts';
import { listsAll } from './new-table.ts';
import {
  changesSentence,
  columnsClause,
  FIRST_LOOK,
  notSortedSentence,
  placeSentence,
  STATEMENT_NAMES,
  sumSentence,
} from '../sentences/data-sentences.ts';
import { readPage } from './table-pages.ts';
import { Statements } from './shown-statements.ts';

/** The most sums that are shown as sentences. */
const MAX_SUMS = 3;
const BY_KEY: Order = { column: undefined, descending: false };

/**
 * Shows one table: what the last step changed, its numbers as bars, its rows page by page, and the SQL that read all of
 * it.
 */
export class TableView {
  readonly element = element('section', { class: 'table-view' });
  readonly #title = element('h3', { class: 'visually-hidden' });
  readonly #news = element('div', { class: 'news', role: 'status' });
  readonly #chart = new Chart();
  readonly #rows = element('div', { class: 'rows', tabindex: '0', role: 'group' });
  readonly #place = element('span');
  readonly #previous = button('Previous', () =>
    this.#turnPage(this.#earlier.pop() ?? Math.max(0, this.#offset - MAX_PAGE_ROWS)),
  );
  readonly #next = button('Next', () => this.#goOn());
  readonly #pages = element('p', { class: 'pages' }, this.#place, this.#previous, this.#next);
  readonly #statements = new Statements();
  readonly #problem = element('p', { class: 'notice failed' });
  readonly #memories = new Map<string, TableMemory>();
  #shown: { sandbox: string; table: Table } | undefined;
  #order = BY_KEY;
  #offset = 0;
  /** The offsets of earlier pages, and the number of rows on this one: pages with large rows have fewer. */
  #earlier: number[] = [];
  #shownRows = 0;
  #reading = new AbortController();

  constructor() {
    this.element.append(
      this.#title,
      this.#problem,
      this.#news,
      this.#chart.element,
      this.#rows,
      this.#pages,
      this.#statements.element,
    );
    this.#problem.hidden = true;
  }

  /**
   * Shows a table from its first page, or shows the same table again with its current content. `isNew` says that it did
   * not exist before the last step.
   */
  async show(sandbox: string, table: Table, isNew = false): Promise<void> {
    const id = idOf(sandbox, table);
    const isSame = this.#shown !== undefined && idOf(this.#shown.sandbox, this.#shown.table) === id;
    this.#shown = { sandbox, table };
    if (isNew) this.#memories.set(id, TableMemory.ofNew());
    else if (!this.#memories.has(id)) this.#memories.set(id, new TableMemory());
    this.#title.textContent = tableTitle(table);
    if (!isSame || isNew) {
      [this.#order, this.#offset, this.#earlier] = [BY_KEY, 0, []];
      this.#rows.replaceChildren();
      this.#news.replaceChildren();
      this.#chart.element.hidden = true;
    }
    await this.read();
  }

  /** Called when a step has changed the sandbox, which now holds `holdings`, or when the reader asks to read again. */
  turn(sandbox: string, holdings: Holdings): void {
    const isAll = listsAll(holdings);
    const there = new Set(holdings.tables.map((table) => idOf(sandbox, table)));
    for (const [id, memory] of this.#memories) {
      if (!id.startsWith(`["${sandbox}"`)) continue;
      memory.turn();
      // A table created later under the same name is a different one.
      if (isAll && !there.has(id)) this.#memories.delete(id);
    }
  }

  /** Aborts the current read. */
  stop(): void {
    this.#reading.abort();
  }

  /** Reads the shown table again. Never throws: errors are shown. */
  async read(): Promise<void> {
    if (!this.#shown) return;
    const { sandbox, table } = this.#shown;
    this.stop();
    const { signal } = (this.#reading = new AbortController());
    const { database, schema = 'public', name } = table;
    this.element.setAttribute('aria-busy', 'true');
    try {
      const page = await readPage(
        sandbox,
        {
          database,
          schema,
          name,
          sort: this.#order.column,
          descending: this.#order.descending,
          limit: MAX_PAGE_ROWS,
          offset: this.#offset,
        },
        signal,
      );
      if (signal.aborted) return;
      if (page.rows.length === 0 && this.#offset > 0 && this.#offset >= page.count) {
        [this.#offset, this.#earlier] = [Math.max(0, Math.ceil(page.count / MAX_PAGE_ROWS) - 1) * MAX_PAGE_ROWS, []];
        return await this.read();
      }
      this.#problem.hidden = true;
      this.#draw(page, this.#memories.get(idOf(sandbox, table))!);
    } catch (cause) {
      if (signal.aborted) return;
      if (!(cause instanceof RefusedError) && !(cause instanceof AwayError)) throw cause;
      if (cause instanceof RefusedError && cause.code === 'bad-request' && this.#order.column !== undefined)
        return await this.#readByKey(cause.message);
      this.#problem.replaceChildren(
        `${cause.message} `,
        button('Try again', () => void this.read()),
      );
      this.#problem.hidden = false;
    } finally {
      if (!signal.aborted) this.element.removeAttribute('aria-busy');
    }
  }

  /** Falls back to sorting by key, and says why the column cannot be sorted by, unless the column no longer exists. */
  async #readByKey(why: string): Promise<void> {
    const { column } = this.#order;
    this.#order = BY_KEY;
    await this.read();
    if (!this.#problem.hidden || this.#rows.querySelector(`[data-column="${CSS.escape(column!)}"]`) === null) return;
    this.#problem.replaceChildren(notSortedSentence(column, why));
    this.#problem.hidden = false;
  }

  #draw(page: TablePage, memory: TableMemory): void {
    const isNews = memory.take(page);
    const changes = memory.changes(page);
    const transfer = changes && transferIn(changes);
    const { before } = memory;
    if (isNews || this.#news.childElementCount === 0) {
      const sums = page.columns.filter(({ sum }) => sum !== undefined).slice(0, MAX_SUMS);
      this.#news.replaceChildren(
        element('p', {}, changes ? changesSentence(changes, transfer) : FIRST_LOOK),
        ...sums.map(({ name, sum }) =>
          element('p', { class: 'sum' }, sumSentence(name, before?.sums.get(name), sum ?? null)),
        ),
      );
    }
    this.#chart.show(page, before, transfer);
    this.#drawRows(page, memory);
    const { tables, totals, rows } = page.sql;
    this.#statements.show([
      [STATEMENT_NAMES.rows, rows],
      [STATEMENT_NAMES.totals, totals],
      [STATEMENT_NAMES.tables, tables],
    ]);
  }

  #drawRows(page: TablePage, { before }: TableMemory): void {
    const { count, rows, columns, moreColumns } = page;
    const title = this.#title.textContent;
    this.#shownRows = rows.length;
    const [first, last] = [this.#offset + 1, this.#offset + rows.length];
    const place = placeSentence({ first, last, count });
    const more = columnsClause(columns.length, moreColumns);
    const caption = `${title}: ${place}${more}`;
    const focused = document.activeElement?.closest<HTMLElement>('[data-column]')?.dataset['column'];
    const left = this.#rows.scrollLeft;
    this.#rows.setAttribute('aria-label', caption);
    this.#rows.replaceChildren(
      gridOf(page, marksOf(before, page), this.#order, caption, (order) => {
        [this.#order, this.#offset, this.#earlier] = [order, 0, []];
        void this.read();
      }),
    );
    this.#rows.scrollLeft = left;
    if (focused !== undefined)
      [...this.#rows.querySelectorAll<HTMLElement>('[data-column]')]
        .find((head) => head.dataset['column'] === focused)
        ?.querySelector('button')
        ?.focus({ preventScroll: true });
    this.#place.textContent = place + more;
    this.#previous.hidden = this.#next.hidden = rows.length === count;
    this.#previous.disabled = this.#offset === 0;
    this.#next.disabled = last >= count;
  }

  #goOn(): void {
    this.#earlier.push(this.#offset);
    // A row that is too large to be shown is skipped.
    this.#turnPage(this.#offset + Math.max(1, this.#shownRows));
  }

  #turnPage(offset: number): void {
    this.#offset = offset;
    void this.read();
  }
}

function idOf(sandbox: string, { database, schema = '', name }: Table): string {
  return JSON.stringify([sandbox, database, schema, name]);
}
