/** A string with the colon that makes it a key, a bracket, or any other value. */
const PIECE = /("(?:[^"\\]|\\.)*")(: )?|[{[]|[}\]]|[^"{}[\],\s]+/gs;

interface Container {
  opening: string;
  items: { key: Buffer; text: string }[];
  key: string;
}

/**
 * Returns the text of a JSONB value with the keys of its objects in CockroachDB's order, which is that of their bytes;
 * PostgreSQL puts shorter keys first. The text is PostgreSQL's, with one space after each comma and colon.
 */
export function orderKeys(text: string): string {
  if (!text.includes('{')) return text;
  const open: Container[] = [{ opening: '', items: [], key: '' }];
  const add = (value: string): void => {
    const container = open.at(-1)!;
    const key = container.key === '' ? '' : String(JSON.parse(container.key));
    const prefix = container.key === '' ? '' : `${container.key}: `;
    container.items.push({ key: Buffer.from(key), text: `${prefix}${value}` });
    container.key = '';
  };
  for (const [piece, string, colon] of text.matchAll(PIECE)) {
    if (colon !== undefined) open.at(-1)!.key = string!;
    else if (piece === '{' || piece === '[') open.push({ opening: piece, items: [], key: '' });
    else if (piece === '}' || piece === ']') add(closed(open.pop()!, piece));
    else add(piece);
  }
  return open[0]!.items.map((item) => item.text).join('');
}

function closed({ opening, items }: Container, closing: string): string {
  if (opening === '{') items.sort((a, b) => Buffer.compare(a.key, b.key));
  return `${opening}${items.map((item) => item.text).join(', ')}${closing}`;
}
