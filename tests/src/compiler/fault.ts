import { AuthorError } from '../../../src/compiler/mistake.ts';
import { buildFrom } from './build-page.ts';

/** Returns what the author of a page is told, or undefined when the page builds. */
export function fault(text: string, files: Record<string, string> = {}): string | undefined {
  try {
    buildFrom(text, files);
    return undefined;
  } catch (error) {
    if (error instanceof AuthorError) return error.message;
    throw error;
  }
}
