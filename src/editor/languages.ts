import type { Language } from '@codemirror/language';
import { languageOfFile } from '../../languages/commands.ts';

/** How code of a language is written. */
export interface Writing {
  language: Language | undefined;
  /** Spaces that a level of indentation has. */
  indent: number;
}

const GRAMMARS = import.meta.glob<{ grammar: Language }>('../../languages/*/*-grammar.ts');
const PLAIN: Writing = { language: undefined, indent: 2 };

/**
 * How the code of a step is written; `path` names the file of one that is a file. Rejects when that cannot be fetched.
 */
export async function writingOf(kind: string, path: string | undefined): Promise<Writing> {
  const ending = kind === 'file' ? path?.split('.').at(-1) : kind === 'sql' ? 'sql' : 'sh';
  if (ending === 'sql') return { language: (await import('./sql.ts')).sql, indent: 2 };
  if (ending === 'sh') return { language: (await import('./shell.ts')).shell, indent: 2 };
  const of = languageOfFile(path ?? '');
  const load = of && GRAMMARS[`../../languages/${of.name}/${of.fence}-grammar.ts`];
  return load ? { language: (await load()).grammar, indent: of.indent } : PLAIN;
}
