import { SKIP } from './captures.ts';

/** Whether a line of expected output stands for any number of lines. */
export function isSkip(line: string): boolean {
  return line.trim() === SKIP;
}
