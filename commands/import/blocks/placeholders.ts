/** Returns what a reader would have to fill in, or what is left out; undefined when the text is complete. */
export function placeholderIn(text: string, kind: 'shell' | 'sql'): string | undefined {
  const code = kind === 'sql' ? withoutQuotes(text) : withoutHereDocuments(text).replace(/\$\{[^}]*\}/g, '');
  const named =
    /<[A-Za-z][\w .-]*>/.exec(code)?.[0] ??
    (kind === 'shell' ? /\{[A-Za-z][\w -]*\}/.exec(code)?.[0] : undefined) ??
    /\[(?!SHOW |EXPLAIN |INSERT |UPDATE |DELETE )[A-Za-z][\w]*(?:[ _-][\w]+)+\]/i.exec(code)?.[0] ??
    /\b(?:your|my)[-_][a-z][\w-]*(?:password|host|bucket|key|name|id|address)\b/i.exec(text)?.[0] ??
    /\bYOUR_\w+/.exec(text)?.[0];
  if (named !== undefined) return `readers fill in \`${named}\``;
  const gap = kind === 'sql' ? /\.{3}|…/.exec(code) : /(?:^|\s)(?:\.{3}|…)(?:\s|$)/m.exec(code);
  return gap ? 'it leaves parts out (`...`)' : undefined;
}

function withoutHereDocuments(text: string): string {
  return text.replace(/<<-?\s*(['"]?)(\w+)\1([^\n]*\n)[^]*?^\s*\2$/gm, '$3').replace(/<<-?\s*\S+/g, '');
}

function withoutQuotes(text: string): string {
  return text.replace(/'(?:[^']|'')*'/g, "''").replace(/--.*$/gm, '');
}
