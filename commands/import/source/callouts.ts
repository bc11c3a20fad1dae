const CALLOUT = /^([ \t]*)(.*?)\{\{-?\s*site\.data\.alerts\.(?:callout_)?(?!end\b)(\w+)\s*-?\}\}[ \t]*/gim;
const END = /[ \t]*\{\{-?\s*site\.data\.alerts\.end\s*-?\}\}[ \t]*/gi;

/**
 * Returns a page's text in which Jekyll's callouts are `<aside>` elements on lines of their own, as far indented as the
 * line where the callout begins, so that lists around them stay whole.
 */
export function withAsides(text: string): string {
  const begun = text.replace(CALLOUT, (_all, indent: string, before: string, kind: string) => {
    const head = before.trim() === '' ? '' : `${indent}${before}\n\n`;
    return `${head}${indent}<aside data-callout="${kind.toLowerCase()}">\n\n${indent}`;
  });
  let indent = '';
  return begun
    .split('\n')
    .map((line) => {
      indent = /^([ \t]*)<aside data-callout/.exec(line)?.[1] ?? indent;
      return line.replace(END, `\n\n${indent}</aside>\n`);
    })
    .join('\n');
}
