import { toHtml } from 'hast-util-to-html';
import { isComponent, type Property, type TreeNode } from './tree.ts';

/** A part of a page: finished HTML, or a component that Astro renders, with the parts inside it. */
export type PagePart = string | { component: string; attributes: Record<string, string | true>; parts: PagePart[] };

type HtmlNode = Parameters<typeof toHtml>[0];

/**
 * Returns a compiled page's parts in order, for `components/PageParts.astro`. Most pages are one string: a site of a
 * thousand pages is built many times faster so than by a program for each page that makes its elements one by one.
 */
export function pageParts(children: readonly TreeNode[]): PagePart[] {
  const parts: PagePart[] = [];
  const add = (part: PagePart): void => {
    const last = parts.length - 1;
    if (typeof part === 'string' && typeof parts[last] === 'string') parts[last] += part;
    else parts.push(part);
  };
  for (const node of children) for (const part of partsOf(node)) add(part);
  return parts;
}

function partsOf(node: TreeNode): PagePart[] {
  // What is left of expressions are comments: the compiler refuses all others.
  if (node.type.endsWith('Expression') || node.type === 'mdxjsEsm') return [];
  if (isComponent(node)) {
    if (node.name === null || node.name === undefined) return pageParts(node.children ?? []);
    if (/^[A-Z]/.test(node.name))
      return [{ component: node.name, attributes: attributesOf(node), parts: pageParts(node.children ?? []) }];
    return partsOf(elementOf(node, node.name));
  }
  const inside = node.children?.some(hasJsx) ? pageParts(node.children) : undefined;
  if (inside === undefined) return [html(node)];
  // Written around what is inside, which may contain components.
  const [start, end] = html({ ...node, children: [{ type: 'text', value: INSIDE }] }).split(INSIDE);
  return [start!, ...inside, end!];
}

/** Stands for an element's content, in HTML that has no such character. */
const INSIDE = '\uE000';

function html(node: TreeNode): string {
  return toHtml(withoutStyles(node) as HtmlNode, OPTIONS);
}

/** The "dangerous" characters are those that browsers of 2010 took for the end of a quoted attribute. */
const OPTIONS = { allowDangerousCharacters: true, characterReferences: { useNamedReferences: true } } as const;

/** Markdown's alignment of a table's column. The Content-Security-Policy forbids `style` attributes. */
const ALIGNMENT = /^text-align: (left|center|right)$/;

function withoutStyles(node: TreeNode): TreeNode {
  const align = ALIGNMENT.exec(String(node.properties?.['style']))?.[1];
  const { style, ...others } = node.properties ?? {};
  return {
    ...node,
    ...(align !== undefined && { properties: { ...others, align } }),
    ...(node.children && { children: node.children.map(withoutStyles) }),
  };
}

function hasJsx({ type, children = [] }: TreeNode): boolean {
  return type.startsWith('mdx') || children.some(hasJsx);
}

/** Returns an HTML element that is written as JSX, as it must be in MDX. */
function elementOf(node: TreeNode, tagName: string): TreeNode {
  const properties: Record<string, Property> = attributesOf(node);
  return { type: 'element', tagName, properties, children: node.children ?? [] };
}

function attributesOf({ attributes = [] }: TreeNode): Record<string, string | true> {
  return Object.fromEntries(
    attributes.flatMap(({ name, value }) =>
      name === undefined ? [] : [[name, typeof value === 'string' ? value : true]],
    ),
  );
}
