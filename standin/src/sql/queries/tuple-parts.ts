import { SQLSTATE } from '../../protocol/sqlstate.ts';
import { StatementError } from '../../protocol/statement-error.ts';
import { listItems } from '../text/brackets.ts';
import { quoteName } from '../text/quoting.ts';
import { parseStatement, type Statement } from '../text/statement.ts';
import { isName, isSign, isWord, type Token } from '../text/tokens.ts';

/** A tuple that is written out: the token ranges of its fields, and their labels if they have some. */
interface Row {
  fields: { from: number; to: number }[];
  labels: string[] | undefined;
  /** The index after its last parenthesis, before any labels. */
  after: number;
}

/**
 * Replaces the parts of tuples that are written out (cockroachlabs.com/docs/stable/scalar-expressions) by the fields:
 * `.@n` is the n-th one, a label names one, `.*` stands for all. PostgreSQL has no labels, and calls the fields of
 * other tuples f1, f2 and so on. Throws StatementError (syntaxError, ambiguousColumn) for labels that do not fit.
 *
 *     SELECT ((1, 2)).@2, (((1, 2) AS a, b)).b, (x).@1 FROM t
 *     SELECT (2) AS "?column?", (2) AS "b", (x).f1 AS "?column?" FROM t
 */
export function expandTupleParts(statement: Statement): Statement {
  const { tokens, source } = statement;
  const isUsed = tokens.some(
    (token, i) => isSign(token, ')') && (isSign(tokens[i + 1], '.') || isWord(tokens[i + 1], 'as')),
  );
  if (!isUsed) return statement;
  const text = new Expansion(statement).render(0, tokens.length - 1);
  return text === source ? statement : { ...parseStatement(text), translated: statement.translated };
}

function isRowStart(tokens: readonly Token[], at: number): boolean {
  return isSign(tokens[at], '(') || (isWord(tokens[at], 'row') && isSign(tokens[at + 1], '('));
}

class Expansion {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  /** The index of each parenthesis's partner. */
  readonly #partners = new Map<number, number>();
  /** Whether each token is in the list of a SELECT, outside the parentheses in it. */
  readonly #isItemStart: boolean[];

  constructor({ tokens, source }: Statement) {
    this.#tokens = tokens;
    this.#source = source;
    const open: number[] = [];
    const inSelect = [false];
    this.#isItemStart = tokens.map((token, i) => {
      const before = tokens[i - 1];
      if (isSign(token, '(')) {
        open.push(i);
        inSelect.push(false);
        return (inSelect.at(-2) ?? false) && (isSign(before, ',') || isWord(before, 'select', 'all', 'distinct'));
      }
      if (isSign(token, ')') && open.length > 0) {
        this.#partners.set(open.pop()!, i);
        inSelect.pop();
      }
      if (isWord(token, 'select')) inSelect[inSelect.length - 1] = true;
      else if (isWord(token, 'from', 'where', 'group', 'order', 'union', 'limit'))
        inSelect[inSelect.length - 1] = false;
      return false;
    });
  }

  /** Returns the text of the tokens from index `from` up to but not including `to`, with parts of tuples expanded. */
  render(from: number, to: number): string {
    const pieces: string[] = [];
    let copied = from;
    const replace = (start: number, end: number, text: string): void => {
      pieces.push(this.#text(copied, start), ` ${text} `);
      copied = end;
    };
    for (let i = from; i < to; i++) {
      const close = this.#partners.get(i);
      if (close === undefined || close >= to) continue;
      const expanded = this.#part(i, close) ?? this.#labelled(i, close);
      if (!expanded) continue;
      replace(i, expanded.after, expanded.text);
      i = expanded.after - 1;
    }
    pieces.push(this.#text(copied, to));
    return pieces.join('');
  }

  #text(from: number, to: number): string {
    if (from >= to) return '';
    const next = this.#tokens[to];
    return this.#source.slice(this.#tokens[from]!.start, next ? next.start : this.#source.length);
  }

  /** Expands the part of the tuple in a parenthesis; undefined when none follows. */
  #part(open: number, close: number): { text: string; after: number } | undefined {
    const dot = close + 1;
    if (!isSign(this.#tokens[dot], '.')) return undefined;
    const field = this.#tokens[dot + 1];
    const number = isSign(field, '@') ? Number(this.#tokens[dot + 2]?.value) : undefined;
    const row = this.#rowIn(open + 1, close);
    const after = dot + (number === undefined ? 2 : 3);
    if (!row) {
      if (number === undefined) return undefined;
      return { text: `(${this.render(open + 1, close)}).f${number}${this.#alias(open, after, '?column?')}`, after };
    }
    if (isSign(field, '*')) {
      const all = row.fields.map(
        (each, i) => `${this.render(each.from, each.to)} AS ${quoteName(row.labels?.[i] ?? '?column?')}`,
      );
      return this.#isItemStart[open] ? { text: all.join(', '), after } : undefined;
    }
    const place = number === undefined ? labelPlace(row.labels, field) : number - 1;
    const found = row.fields[place];
    if (!found) return undefined;
    const name = number === undefined ? field!.value : '?column?';
    return { text: `(${this.render(found.from, found.to)})${this.#alias(open, after, name)}`, after };
  }

  /** Leaves out the labels of a tuple; undefined when it has none. */
  #labelled(open: number, close: number): { text: string; after: number } | undefined {
    // `CAST((a) AS INT)` has a type there.
    if (!isRowStart(this.#tokens, open + 1) || isWord(this.#tokens[open - 1], 'cast')) return undefined;
    const last = this.#partners.get(isSign(this.#tokens[open + 1], '(') ? open + 1 : open + 2) ?? close;
    const row = isWord(this.#tokens[last + 1], 'as') ? this.#rowAt(open + 1, close) : undefined;
    return row?.labels && { text: `(${this.render(open + 1, row.after)})`, after: close + 1 };
  }

  /** Names a whole item of SELECT as CockroachDB does. */
  #alias(open: number, after: number, name: string): string {
    const next = this.#tokens[after];
    const ends =
      next?.kind === 'end' || isSign(next, ',') || isSign(next, ')') || isWord(next, 'from', 'where', 'order');
    return ends && this.#isItemStart[open] ? ` AS ${quoteName(name)}` : '';
  }

  /** Returns the tuple that fills these tokens, perhaps in more parentheses; undefined when they are something else. */
  #rowIn(from: number, to: number): Row | undefined {
    const isFilled = isSign(this.#tokens[from], '(') && this.#partners.get(from) === to - 1;
    const inner = isFilled && isRowStart(this.#tokens, from + 1) ? this.#rowIn(from + 1, to - 1) : undefined;
    return inner ?? (isRowStart(this.#tokens, from) ? this.#rowAt(from, to) : undefined);
  }

  #rowAt(from: number, to: number): Row | undefined {
    const isNamed = isWord(this.#tokens[from], 'row');
    const { items, after } = listItems(this.#tokens, isNamed ? from + 1 : from);
    const isTuple = isNamed || items.length > 1 || isWord(this.#tokens[after], 'as');
    if (!isTuple || isWord(this.#tokens[from + 1], 'select', 'values', 'with')) return undefined;
    const labels = after === to ? undefined : this.#labels(after, to);
    if (after !== to && !labels) return undefined;
    if (labels && labels.length !== items.length)
      throw new StatementError(
        SQLSTATE.syntaxError,
        `mismatch in tuple definition: ${items.length} expressions, ${labels.length} labels`,
      );
    return { fields: items, labels, after };
  }

  /** Reads `AS a, b`, which must end at index `to`. */
  #labels(at: number, to: number): string[] | undefined {
    if (!isWord(this.#tokens[at], 'as')) return undefined;
    const labels: string[] = [];
    for (let i = at + 1; i < to; i += 2) {
      const label = this.#tokens[i];
      if (!isName(label) || (i + 1 < to && !isSign(this.#tokens[i + 1], ','))) return undefined;
      labels.push(label.value);
    }
    return labels;
  }
}

function labelPlace(labels: string[] | undefined, label: Token | undefined): number {
  const name = label?.value ?? '';
  const place = labels?.indexOf(name) ?? -1;
  if (labels && labels.lastIndexOf(name) !== place)
    throw new StatementError(SQLSTATE.ambiguousColumn, `column reference ${quoteName(name)} is ambiguous`);
  return place;
}
