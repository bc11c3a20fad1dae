import { readFileSync } from 'node:fs';
import { writeWhole } from '../../server/setup/stamp.mjs';

/** Replaces the text of files that exist, by their paths: all of them or, when one cannot be written, none. */
export function writeTogether(files: Record<string, string>): void {
  const before = Object.keys(files).map((file) => [file, readFileSync(file, 'utf8')] as const);
  try {
    for (const [file, text] of Object.entries(files)) writeWhole(file, text);
  } catch (cause) {
    for (const [file, text] of before) if (readFileSync(file, 'utf8') !== text) writeWhole(file, text);
    throw cause;
  }
}
