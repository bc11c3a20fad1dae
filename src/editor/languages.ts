import type { Language } from '@codemirror/language';

/** How code of a language is written. */
export interface Writing {
  language: Language | undefined;
  /** Spaces that a level of indentation has. */
  indent: number;
}

/** The languages that can be edited with colours, by the ends of their files' names. */
const LOADERS: Record<string, () => Promise<Writing>> = {
  py: async () => ({ language: (await import('./python.ts')).python, indent: 4 }),
  sql: async () => ({ language: (await import('./sql.ts')).sql, indent: 2 }),
  sh: async () => ({ language: (await import('./shell.ts')).shell, indent: 2 }),
};
const PLAIN: Writing = { language: undefined, indent: 2 };

/**
 * How the code of a step is written; `path` names the file of one that is a file. Rejects when that cannot be fetched.
 */
export async function writingOf(kind: string, path: string | undefined): Promise<Writing> {
  const end = kind === 'file' ? /\.(\w+)$/.exec(path ?? '')?.[1] : kind === 'sql' ? 'sql' : 'sh';
  return (await LOADERS[end ?? '']?.()) ?? PLAIN;
}
