import type { Language } from './language.ts';
import { node } from './node/record.ts';
import { python } from './python/record.ts';

/** All languages of the tutorials, in the order in which they were added. */
export const LANGUAGES: readonly Language[] = [python, node];
