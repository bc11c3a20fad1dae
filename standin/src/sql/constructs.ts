import { COMMON } from './constructs/common.ts';
import type { Construct } from './constructs/construct.ts';
import { REWRITTEN } from './constructs/rewritten.ts';
import { SHOWN } from './constructs/shown.ts';
import { STATEMENTS } from './constructs/statements.ts';
import { VERSIONED } from './constructs/versions.ts';

export { SHOWN, STATEMENTS, VERSIONED };

/** A part of the list, with its title on the page. */
export interface ConstructGroup {
  title: string;
  constructs: readonly Construct[];
}

/** All constructs, in the order in which the page lists them. */
export const CONSTRUCT_GROUPS: readonly ConstructGroup[] = [
  { title: 'Statements', constructs: Object.values(STATEMENTS) },
  { title: 'What SHOW shows', constructs: Object.values(SHOWN) },
  { title: 'Inside statements', constructs: Object.values(REWRITTEN) },
  { title: 'Everywhere', constructs: COMMON },
];
