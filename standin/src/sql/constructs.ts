import { COMMON } from './constructs/common.ts';
import type { Construct } from './constructs/construct.ts';
import { REWRITTEN } from './constructs/rewritten.ts';
import { SHOWN } from './constructs/shown.ts';
import { STATEMENTS } from './constructs/statements.ts';
import { VERSIONED } from './constructs/versions.ts';

export { SHOWN, STATEMENTS, VERSIONED };

/** All constructs, in the order in which the page lists them. */
export const CONSTRUCTS: readonly Construct[] = [
  ...Object.values(STATEMENTS),
  ...Object.values(SHOWN),
  ...Object.values(REWRITTEN),
  ...COMMON,
];
