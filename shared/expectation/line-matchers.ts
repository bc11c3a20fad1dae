import { partsOf } from './captures.ts';
import { lineMatcher, type Matcher } from './matcher.ts';

/** The values of labels. */
export type Values = ReadonlyMap<string, string>;

/** Matchers of expected lines. Those of lines without labels are made only once. */
export class LineMatchers {
  readonly #made = new Map<string, Matcher | null>();

  /** Returns the known values and those of the line's new labels; undefined when the printed text does not fit. */
  bind(expected: string, actual: string, known: Values): Values | undefined {
    const values = this.of(expected, known)(actual);
    if (!values) return undefined;
    return values.size === 0 ? known : new Map([...known, ...values]);
  }

  /** Returns the matcher of an expected line. Throws what `lineMatcher` throws. */
  of(expected: string, known: Values): Matcher {
    let made = this.#made.get(expected);
    if (made === undefined)
      this.#made.set(expected, (made = hasLabels(expected) ? null : lineMatcher(expected, known)));
    return made ?? lineMatcher(expected, known);
  }
}

/** Whether a line has captures with labels, so that what fits it depends on other lines. */
export function hasLabels(expected: string): boolean {
  return partsOf(expected).some((part) => typeof part !== 'string' && part.label !== undefined);
}
