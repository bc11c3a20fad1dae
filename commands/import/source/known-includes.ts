/** What an include stands for whose file is not there, or that has no meaning here. */
export interface KnownInclude {
  matches: RegExp;
  /** What takes its place. */
  text: string;
  /** What the report says; undefined when there is nothing to say. */
  note?: string;
}

/** Includes of CockroachDB's docs that are known by their names. */
const KNOWN: readonly KnownInclude[] = [
  { matches: /copy-clipboard/, text: '' },
  { matches: /filter-tabs?\//, text: '', note: 'the tabs to other pages are left out' },
  { matches: /sql[-/]diagrams\/|grammar_svg\//, text: '', note: 'the syntax diagram is left out' },
  {
    matches: /movr-statements/,
    text: '\n\n<data-set data-name="movr"></data-set>\n\n',
    note: 'the text about `cockroach demo` became a step that sets up `movr`',
  },
];

/** Returns what an include stands for by its name; undefined when only its file says so. */
export function knownInclude(name: string): KnownInclude | undefined {
  return KNOWN.find(({ matches }) => matches.test(name));
}
