import type { TablePage } from '../../shared/protocol.ts';
import { element } from '../ui/element.ts';
import { labelsOf, type Transfer } from './changes.ts';
import { barsOf, curveBetween, HEIGHT, WIDTH, type Bar } from './chart-shape.ts';
import { keysOf, type Reading } from './reading.ts';

/** With more bars, only changed ones have names. */
const MAX_NAMES = 8;
const MAX_NAME_CHARACTERS = 7;
/** A column with such a name is the one to draw. */
const MAIN = /balance|amount/i;
const SVG = 'http://www.w3.org/2000/svg' as const;

/**
 * Draws the numbers of a table's page as bars, which move when they change. The table below has the same values as
 * text.
 */
export class Chart {
  readonly element = element('figure', { class: 'chart' });
  readonly #svg = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' });
  readonly #bars = svg('g', {});
  readonly #over = svg('g', {});
  readonly #caption = element('figcaption');
  #byKey = new Map<string, SVGElement>();
  #column: string | undefined;

  constructor() {
    this.#svg.append(this.#bars, this.#over);
    this.element.append(this.#svg, this.#caption);
  }

  /**
   * Draws a page. `before` is what was read before the last step. Hides the chart when there are no numbers to compare.
   */
  show(page: TablePage, before: Reading | undefined, transfer: Transfer | undefined): void {
    const column = chartedColumn(page);
    const at = page.columns.findIndex(({ name }) => name === column);
    const values = page.rows.map((row) => Number(row[at] ?? Number.NaN));
    this.element.hidden = at < 0 || values.length < 2 || !values.every(Number.isFinite);
    if (column !== this.#column || this.element.hidden) this.#forget(column);
    if (this.element.hidden) return;
    const keys = keysOf(page);
    const place = before?.columns.indexOf(column!) ?? -1;
    const was = keys.map((key) => finite(before?.rows.get(key)?.[place]));
    const bars = barsOf(values, was);
    const label = labelsOf(page);
    const names = page.rows.map(label);
    this.#draw(
      keys,
      bars,
      names.map((name, index) => `${name}: ${values[index]}`),
    );
    const ends =
      transfer?.column === column ? [transfer?.from, transfer?.to].map((end) => keys.indexOf(end?.key ?? '')) : [];
    const [from, to] = ends.map((index) => bars[index]);
    const shown = bars.flatMap((bar, index) =>
      bars.length <= MAX_NAMES || bar.wasY !== undefined ? [[bar, names[index]!] as const] : [],
    );
    this.#over.replaceChildren(
      ...bars.flatMap((bar) =>
        bar.wasY === undefined
          ? []
          : [svg('line', { class: 'was', x1: bar.x, x2: bar.x + bar.width, y1: bar.wasY, y2: bar.wasY })],
      ),
      ...(shown.length <= MAX_NAMES ? shown.map(([bar, name]) => text(bar, name)) : []),
      ...(from && to
        ? [
            svg('path', { class: 'moved', pathLength: 1, d: curveBetween(from, to) }),
            svg('circle', { class: 'end', cx: to.x + to.width / 2, cy: to.y - 4, r: 2.5 }),
          ]
        : []),
    );
    this.#caption.textContent = `${column}, from ${Math.min(...values)} to ${Math.max(...values)}`;
  }

  /** Reuses the elements of existing bars, so that they move. */
  #draw(keys: string[], bars: Bar[], titles: string[]): void {
    const drawn = new Map<string, SVGElement>();
    for (const [index, key] of keys.entries()) {
      const { x, width, y, height, wasY } = bars[index]!;
      const bar = this.#byKey.get(key) ?? svg('rect', {});
      set(bar, { x, width, y, height });
      bar.classList.toggle('changed', wasY !== undefined);
      bar.replaceChildren(svg('title', {}, titles[index]));
      drawn.set(key, bar);
    }
    for (const [key, bar] of this.#byKey) if (!drawn.has(key)) bar.remove();
    for (const bar of drawn.values()) if (!bar.isConnected) this.#bars.append(bar);
    this.#byKey = drawn;
  }

  #forget(column: string | undefined): void {
    this.#column = column;
    this.#byKey.clear();
    this.#bars.replaceChildren();
  }
}

/** Returns the name of the column to draw; undefined when no column has numbers. */
function chartedColumn({ columns }: TablePage): string | undefined {
  const summed = columns.filter(({ sum }) => sum !== undefined);
  return (summed.find(({ name }) => MAIN.test(name)) ?? summed[0])?.name;
}

function finite(value: string | null | undefined): number | undefined {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}

function text({ x, width }: Bar, name: string): SVGElement {
  return svg(
    'text',
    { x: x + width / 2, y: HEIGHT - 3 },
    name.length > MAX_NAME_CHARACTERS ? `${name.slice(0, MAX_NAME_CHARACTERS - 1)}…` : name,
  );
}

function svg(tag: string, attributes: Record<string, string | number>, content = ''): SVGElement {
  const made: SVGElement = document.createElementNS(SVG, tag);
  set(made, attributes);
  made.textContent = content;
  return made;
}

function set(node: SVGElement, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}
