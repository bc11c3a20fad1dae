import { CONSTRUCT_GROUPS, VERSIONED, type ConstructGroup } from '../../standin/src/sql/constructs.ts';

/** A description, split into plain text and code. */
type Pieces = { text: string; isCode: boolean }[];

/** One line of the list of SQL constructs that the stand-in supports. */
export interface ConstructLine {
  pieces: Pieces;
  /** The pages of CockroachDB's documentation that describe the construct. */
  pages: { name: string; href: string }[];
}

/** One line of the list of what CockroachDB's versions do differently. */
export interface VersionLine {
  pieces: Pieces;
  /** The version that the stand-in follows. */
  version: string;
}

const DOCS = 'https://www.cockroachlabs.com/docs/stable/';

/** Returns the parts of the list with their titles and lines, in the stand-in's order. */
export function constructGroups(
  groups: readonly ConstructGroup[] = CONSTRUCT_GROUPS,
): { title: string; lines: ConstructLine[] }[] {
  return groups.map(({ title, constructs }) => ({
    title,
    lines: constructs.map(({ does, pages }) => ({
      pieces: piecesOf(does),
      pages: pages.map((name) => ({ name, href: `${DOCS}${name.replace(/(#.*)?$/, '.html$1')}` })),
    })),
  }));
}

/** Returns what versions do differently, in the stand-in's order. */
export function versionLines(): VersionLine[] {
  return VERSIONED.map(({ does, version }) => ({ pieces: piecesOf(does), version }));
}

function piecesOf(description: string): Pieces {
  return description
    .split('`')
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
