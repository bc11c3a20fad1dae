import { stringify } from 'yaml';

/** The keys of a page's front matter here, and the notes on what was left out or added. */
export interface FrontMatter {
  text: string;
  title: string;
  notes: string[];
}

const KEPT = ['title', 'summary', 'toc', 'twitter'];

/** Returns the front matter of a page here. `name` is its file's name, `firstWords` its first paragraph. */
export function frontMatterOf(values: Record<string, unknown>, name: string, firstWords: string): FrontMatter {
  const notes: string[] = [];
  const text = (key: string): string | undefined => {
    const value = values[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().replace(/\s+/g, ' ') : undefined;
  };
  const title = text('title') ?? titleFrom(name);
  if (text('title') === undefined) notes.push(`the title was made from the file's name: “${title}”`);
  const summary = text('summary') ?? (firstWords === '' ? title : firstSentence(firstWords));
  if (text('summary') === undefined) notes.push('the summary was made from the first sentence');
  const left = Object.keys(values).filter((key) => !KEPT.includes(key));
  if (left.length > 0) notes.push(`left out of the front matter: ${left.join(', ')}`);
  const front = {
    title,
    summary,
    ...(values['toc'] === false ? { toc: false } : {}),
    ...(values['twitter'] === true ? { twitter: true } : {}),
  };
  return { text: `---\n${stringify(front, { lineWidth: 0 })}---\n`, title, notes };
}

function titleFrom(name: string): string {
  const words = name.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function firstSentence(text: string): string {
  return /^[^]*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}
