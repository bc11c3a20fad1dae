const TICKS = /`{3,}/g;

/** Returns Markdown that shows this text as code, whatever fences it has itself. */
export function shown(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(TICKS)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
}

/** Returns a word as code. */
export function code(word: string): string {
  return `\`${word}\``;
}
