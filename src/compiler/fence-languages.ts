import { LANGUAGES } from '../../languages/all.ts';

/** A language of fences. */
export interface FenceLanguage {
  /** The word on the fence, which is also the name of shiki's grammar. */
  name: string;
  /** Other words for it. */
  also?: readonly string[];
  /** Its name for readers. */
  label: string;
}

/** Further words, and names other than the interpreter's, of the languages whose programs run. */
const WORDS: Partial<Record<string, Partial<FenceLanguage>>> = {
  python: { also: ['py'] },
  javascript: { also: ['js'], label: 'JavaScript' },
};

/** All languages that a fence may name. Those of `languages/` can also be run, as files. */
export const FENCE_LANGUAGES: readonly FenceLanguage[] = [
  { name: 'shell', also: ['bash', 'sh', 'console', 'shellsession'], label: 'Shell' },
  { name: 'sql', label: 'SQL' },
  ...LANGUAGES.map(({ fence, label }) => ({ name: fence, label, ...WORDS[fence] })),
  { name: 'html', label: 'HTML' },
  { name: 'json', label: 'JSON' },
  { name: 'yaml', also: ['yml'], label: 'YAML' },
  { name: 'toml', label: 'TOML' },
  { name: 'ini', also: ['conf'], label: 'INI' },
  { name: 'dockerfile', also: ['docker'], label: 'Dockerfile' },
  { name: 'typescript', also: ['ts'], label: 'TypeScript' },
  { name: 'go', label: 'Go' },
  { name: 'java', label: 'Java' },
  { name: 'kotlin', label: 'Kotlin' },
  { name: 'csharp', also: ['cs', 'c#'], label: 'C#' },
  { name: 'cpp', also: ['c++'], label: 'C++' },
  { name: 'c', label: 'C' },
  { name: 'rust', also: ['rs'], label: 'Rust' },
  { name: 'ruby', also: ['rb'], label: 'Ruby' },
  { name: 'php', label: 'PHP' },
  { name: 'clojure', also: ['clj'], label: 'Clojure' },
  { name: 'xml', label: 'XML' },
  { name: 'css', label: 'CSS' },
  { name: 'graphql', label: 'GraphQL' },
  { name: 'hcl', also: ['terraform', 'tf'], label: 'HCL' },
  { name: 'properties', label: 'Properties' },
  { name: 'powershell', also: ['ps1'], label: 'PowerShell' },
  { name: 'diff', label: 'Diff' },
  { name: 'text', also: ['txt', 'plaintext'], label: 'Text' },
];

/** Returns the language that a fence's word names; undefined when there is none. */
export function languageNamed(word: string): FenceLanguage | undefined {
  return FENCE_LANGUAGES.find(({ name, also: others }) => name === word || others?.includes(word));
}
