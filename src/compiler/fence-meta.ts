/** What follows the language of a fence, parsed: `run user=root title="A b"`. */
export interface Meta {
  words: string[];
  options: Map<string, string>;
}

/**
 * Parses a fence's meta. `faults` holds whatever cannot be read, such as an open quote or a repeated option; nothing is
 * dropped silently.
 */
export function parseMeta(source: string): Meta & { faults: string[] } {
  const words: string[] = [];
  const options = new Map<string, string>();
  const faults: string[] = [];
  const part = /\s*(?:([^\s=]+)=(?:"([^"]*)"|([^\s"]\S*)?)(?=\s|$)|(\S+))/gy;
  for (let match = part.exec(source); match; match = part.exec(source)) {
    const [, name, quoted, bare, word] = match;
    if (name === undefined) {
      if (word!.includes('=') || word!.includes('"')) faults.push(word!);
      else if (words.includes(word!)) faults.push(`${word!} a second time`);
      else words.push(word!);
    } else if (options.has(name)) faults.push(`${name}= a second time`);
    else options.set(name, quoted ?? bare ?? '');
  }
  return { words, options, faults };
}
