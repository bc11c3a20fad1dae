import { AppError } from '../errors.ts';
import { fileRefusedSentence } from '../sentences/container-sentences.ts';

/**
 * Returns the AppError for the agent's refusal of a file: `file-refused` with a sentence for the reader, or `internal`
 * with the agent's word as the cause.
 */
export function fileRefusal(action: 'written' | 'read', path: string, word: string): AppError {
  const sentence = fileRefusedSentence(action, path, word);
  if (sentence !== undefined) return new AppError('file-refused', sentence);
  return new AppError('internal', `${path} could not be ${action}, because something failed on our side.`, {
    cause: `the agent: ${word}`,
  });
}
