import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import type { core } from 'zod';
import type { SourcePlace } from '../../shared/step.ts';
import { navigationSchema, type NavigationFile } from '../navigation-schema.ts';
import { AuthorError, unknownWord, type Mistake } from './mistake.ts';

/** The navigation's path in the content folder. */
export const NAVIGATION_FILE = 'navigation.json';

/** A page that the navigation lists, and where. */
interface ListedPage extends SourcePlace {
  page: string;
}

/** The navigation, and where it lists each page. */
export interface Navigation extends NavigationFile {
  listed: readonly ListedPage[];
}

type Path = readonly PropertyKey[];

/** Reads the text of `content/navigation.json`. Throws AuthorError with all its mistakes. */
export function readNavigation(text: string): Navigation {
  const tree = parsed(text);
  const placeOf = (path: Path): SourcePlace => placeAt(text, nodeAt(tree, path).offset);
  const value: unknown = getNodeValue(tree);
  const { data, error } = navigationSchema.safeParse(value);
  if (error) throw new AuthorError(error.issues.flatMap((issue) => mistakesOf(issue, value, placeOf)));
  const listed = data.groups.flatMap(({ pages }, group) =>
    pages.map(({ page }, at) => ({ page, ...placeOf(['groups', group, 'pages', at, 'page']) })),
  );
  const mistakes = [...repeated(listed), ...withoutCard(data, placeOf(['start']))];
  if (mistakes.length > 0) throw new AuthorError(mistakes);
  return { ...data, listed };
}

function parsed(text: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  if (tree && !first) return tree;
  // A word such as `CommaExpected`.
  const wrong = first
    ? printParseErrorCode(first.error)
        .replace(/[a-z](?=[A-Z])/g, '$& ')
        .toLowerCase()
    : 'no text';
  const found = `JSON that is not right (${wrong})`;
  throw new AuthorError([{ ...placeAt(text, first?.offset ?? 0), found, expected: 'valid JSON' }]);
}

function placeAt(text: string, offset: number): SourcePlace {
  return { file: `content/${NAVIGATION_FILE}`, line: text.slice(0, offset).split('\n').length };
}

/** Returns what is at that path, or the nearest thing around it. */
function nodeAt(tree: Node, path: Path): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
    if (node) return node;
  }
  return tree;
}

function mistakesOf(issue: core.$ZodIssue, value: unknown, placeOf: (path: Path) => SourcePlace): Mistake[] {
  const where = issue.path.map(String).join('.') || 'the file';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownWord(placeOf([...issue.path, key]), 'the key', key, keysAt(issue.path)));
  const found = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], value);
  const shown = found === undefined ? `no \`${where}\`` : `\`${JSON.stringify(found)}\` as \`${where}\``;
  const expected = issue.code === 'invalid_type' ? `one: ${issue.expected}` : issue.message;
  return [{ ...placeOf(issue.path), found: shown, expected }];
}

function keysAt(path: Path): string[] {
  if (path.length === 0) return ['start', 'groups'];
  return path.length === 2 ? ['title', 'language', 'pages'] : ['page', 'label', 'about'];
}

function repeated(listed: readonly ListedPage[]): Mistake[] {
  const first = new Map<string, number>();
  return listed.flatMap(({ page, file, line }) => {
    const before = first.get(page);
    first.set(page, before ?? line);
    const found = `the page \`${page}\` again, which line ${before} lists`;
    return before === undefined ? [] : [{ file, line, found, expected: 'each page once' }];
  });
}

function withoutCard({ start, groups }: NavigationFile, place: SourcePlace): Mistake[] {
  const cards = groups.flatMap(({ pages }) => pages.filter(({ about }) => about !== undefined));
  if (cards.some(({ page }) => page === start)) return [];
  return [
    unknownWord(
      place,
      'the page',
      start,
      cards.map(({ page }) => page),
      'as `start`, which needs an `about`',
    ),
  ];
}
