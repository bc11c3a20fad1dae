import { counted } from './counted.ts';

/** What a press on Run does before it, after the word Run. */
export function earlierWords(earlier: number): string {
  if (earlier === 0) return '';
  return ` with ${counted(earlier, 'earlier step')}`;
}
