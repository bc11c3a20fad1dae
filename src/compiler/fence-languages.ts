import { LANGUAGES } from '../../languages/all.ts';

/** The languages that a fence may name. `text` is not coloured. */
export const FENCES: readonly string[] = [
  'shell',
  'sql',
  ...LANGUAGES.map(({ fence }) => fence),
  'html',
  'json',
  'text',
];
