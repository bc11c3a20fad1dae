/** The value of an element's property. */
export type Property = string | number | boolean | (string | number)[] | null | undefined;

/** A JSX attribute as MDX parses it. The value of an expression is an object. */
interface JsxAttribute {
  type: string;
  name?: string;
  value?: unknown;
}

/** A node of a page's HTML tree (hast with MDX nodes), as plain data that can be changed freely. */
export interface TreeNode {
  type: string;
  tagName?: string;
  name?: string | null;
  value?: string;
  properties?: Record<string, Property>;
  attributes?: JsxAttribute[];
  data?: { lang?: string | null; meta?: string | null };
  position?: { start: { line: number } };
  children?: TreeNode[];
}

/** A node as a parser returns it: the same, but read-only. */
export interface ParsedNode extends Readonly<Omit<TreeNode, 'attributes' | 'children'>> {
  readonly attributes?: readonly JsxAttribute[];
  readonly children?: readonly ParsedNode[];
}

/** Returns an element. Strings become text nodes; undefined children are left out. */
export function h(
  tagName: string,
  properties: Record<string, Property>,
  ...children: (TreeNode | string | undefined)[]
): TreeNode {
  const present = children.filter((child) => child !== undefined);
  return {
    type: 'element',
    tagName,
    properties,
    children: present.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
  };
}

/** Returns a plain copy of a tree, which a parser returns in lazy, read-only form. */
export function copyTree(node: ParsedNode): TreeNode {
  const { type, tagName, name, value, properties, attributes, data, position, children } = node;
  return {
    type,
    ...(tagName !== undefined && { tagName }),
    ...(name !== undefined && { name }),
    ...(value !== undefined && { value }),
    ...(properties && { properties: { ...properties } }),
    ...(attributes && { attributes: [...attributes] }),
    ...(data && { data }),
    ...(position && { position }),
    ...(children && { children: children.map(copyTree) }),
  };
}

/** Returns all text below a node, like `textContent` in a browser. */
export function textContent(node: TreeNode): string {
  return node.type === 'text' ? (node.value ?? '') : (node.children ?? []).map(textContent).join('');
}

/** Returns whether a node is an MDX component in JSX. */
export function isComponent(node: TreeNode): boolean {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

/** Returns a component's attributes whose values are plain strings. */
export function stringAttributes(node: TreeNode): Map<string, string> {
  return new Map(
    (node.attributes ?? []).flatMap(({ name, value }) =>
      name !== undefined && typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}
