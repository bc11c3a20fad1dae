import { nodeStarters } from './node-starters.ts';
import { pythonStarters } from './python-starters.ts';
import type { Starter } from './starter.ts';

/** The programs that a tutorial can begin with. The first of each language is used when no driver is named. */
export const STARTERS: readonly Starter[] = [...pythonStarters, ...nodeStarters];
