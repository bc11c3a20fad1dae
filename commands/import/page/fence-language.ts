import { languageNamed } from '../../../src/compiler/fence-languages.ts';

/** Names of languages that only other sites use. */
const SAME: Record<string, string> = {
  terminal: 'shell',
  zsh: 'shell',
  node: 'javascript',
  python3: 'python',
  golang: 'go',
};

/** Returns the language of a fence that is only shown: the one that the page names, if this site knows it. */
export function fenceLanguage(language: string, text: string): string {
  const known = languageNamed(SAME[language] ?? language)?.name ?? 'text';
  // Tables and messages are no code.
  return (known === 'sql' || known === 'shell') && /^\s*[-+|(]/.test(text) ? 'text' : known;
}
