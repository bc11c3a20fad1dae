import type { Language } from '@codemirror/language';
import { languageOfFile } from '../../languages/commands.ts';

/** How the editor treats a language. */
export interface EditorLanguage {
  grammar: Language | undefined;
  /** The number of spaces in a level of indentation. */
  indent: number;
}

const GRAMMARS = import.meta.glob<{ grammar: Language }>('../../languages/*/*-grammar.ts');
const PLAIN: EditorLanguage = { grammar: undefined, indent: 2 };

/**
 * Returns how the editor treats a step's code. `path` is the path of a file step. Rejects when the grammar cannot be
 * loaded.
 */
export async function editorLanguageOf(kind: string, path: string | undefined): Promise<EditorLanguage> {
  const ending = kind === 'file' ? path?.split('.').at(-1) : kind === 'sql' ? 'sql' : 'sh';
  if (ending === 'sql') return { grammar: (await import('./sql-grammar.ts')).sql, indent: 2 };
  if (ending === 'sh') return { grammar: (await import('./shell-grammar.ts')).shell, indent: 2 };
  const of = languageOfFile(path ?? '');
  const load = of && GRAMMARS[`../../languages/${of.name}/${of.fence}-grammar.ts`];
  return load ? { grammar: (await load()).grammar, indent: of.indent } : PLAIN;
}
