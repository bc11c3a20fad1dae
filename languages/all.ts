import type { Language } from './language.ts';
import { node } from './node/record.ts';
import { python } from './python/record.ts';

/** Every language that tutorials are written for, the oldest here first. */
export const LANGUAGES: readonly Language[] = [python, node];
