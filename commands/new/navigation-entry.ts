import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { NAVIGATION_FILE, readNavigation } from '../../src/compiler/navigation-file.ts';
import type { NavigationItem } from '../../src/navigation-schema.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { Refusal } from '../refusal.ts';

/** Where a page is listed: below a heading, or below one that is made if there is none, such as a language's. */
export type Group = { title: string } | { made: string } | { language: string } | undefined;

/** The formatter's line length. */
const COLUMNS = 120;

/**
 * Returns the text of `content/navigation.json` with an entry at the end of that group, by default the last one. What
 * else the file has stays as it was written. Throws AuthorError when the file has mistakes, and Refusal when there is
 * no such heading.
 */
export function withEntry(text: string, entry: NavigationItem, group: Group): string {
  const { groups } = readNavigation(text);
  const titles = groups.map(({ title }) => title);
  const at = groups.findLastIndex((each) => {
    if (group === undefined) return each.language === undefined;
    if ('language' in group) return each.language === group.language;
    return each.title === ('title' in group ? group.title : group.made);
  });
  if (at >= 0) return inserted(text, ['groups', at, 'pages'], itemText(entry));
  if (group !== undefined && 'title' in group) {
    const hint = nearest(group.title, titles);
    const meant = hint === undefined ? '' : ` Did you mean "${hint}"?`;
    throw new Refusal(`content/${NAVIGATION_FILE} has no group "${group.title}", but ${titles.join(', ')}.${meant}`);
  }
  if (group !== undefined && 'made' in group) return inserted(text, ['groups'], groupText(entry, group));
  const before = groups.findLastIndex(({ language }) => language !== undefined);
  return inserted(text, ['groups'], groupText(entry, group ?? { made: 'Pages' }), before);
}

/** Inserts a value after that element of an array, by default after the last one. */
function inserted(text: string, path: (string | number)[], value: string, after = -1): string {
  const array: Node = findNodeAtLocation(parseTree(text)!, path)!;
  const elements = array.children ?? [];
  const last = elements.at(after);
  if (!last) return `${text.slice(0, array.offset)}[${value}]${text.slice(array.offset + array.length)}`;
  const end = last.offset + last.length;
  return `${text.slice(0, end)},\n${value}${text.slice(end)}`;
}

function itemText(entry: NavigationItem, columns = COLUMNS): string {
  const pairs = Object.entries(entry)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const line = `        { ${pairs.join(', ')} }`;
  // The comma may follow.
  if (line.length < columns) return line;
  return ['        {', pairs.map((pair) => `          ${pair}`).join(',\n'), '        }'].join('\n');
}

function groupText(entry: NavigationItem, group: { made: string } | { language: string }): string {
  const head =
    'made' in group
      ? [`"title": ${JSON.stringify(group.made)}`]
      : [`"title": "Build a ${group.language} app"`, `"language": "${group.language}"`];
  return [
    '    {',
    ...head.map((pair) => `      ${pair},`),
    '      "pages": [',
    // The formatter would join a single entry in one line with its brackets.
    itemText(entry, 0),
    '      ]',
    '    }',
  ].join('\n');
}
