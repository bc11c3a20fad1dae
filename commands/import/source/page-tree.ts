import type { Element, Nodes as HastNodes, Root as HastRoot } from 'hast';
import { raw } from 'hast-util-raw';
import { toMdast, type State } from 'hast-util-to-mdast';
import type { BlockContent, PhrasingContent, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import type { Group, TextElement } from '../nodes.ts';

/** Elements of text that MDX takes as they are, without attributes. */
const KEPT = ['kbd', 'sub', 'sup', 'u', 'br', 'mark'] as const;
const DROPPED = ['script', 'style', 'svg', 'button', 'input'] as const;

/**
 * Returns a page's tree. HTML becomes Markdown where Markdown can say the same; sections for filters, callouts, folded
 * parts and data sets become groups (see `Group`).
 */
export function parsePage(text: string): Root {
  const markdown = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const html = raw(toHast(markdown, { allowDangerousHtml: true })) as HastRoot;
  const tree = toMdast(html, {
    handlers: {
      ...Object.fromEntries(KEPT.map((name) => [name, keptElement])),
      ...Object.fromEntries(DROPPED.map((name) => [name, () => undefined])),
      ...Object.fromEntries(['div', 'section', 'aside', 'details', 'data-set'].map((name) => [name, container])),
      img: pictureLink,
      pre: codeBlock,
    },
  });
  return tree as Root;
}

function keptElement(state: State, element: Element): TextElement {
  const children = element.tagName === 'br' ? [] : (state.all(element) as PhrasingContent[]);
  return { type: 'textElement', name: element.tagName, children };
}

function container(state: State, element: Element): Group | BlockContent[] {
  const { dataScope, dataCallout, dataName } = element.properties;
  const children = state.toFlow(state.all(element)) as BlockContent[];
  if (typeof dataName === 'string') return { type: 'group', is: 'data', name: dataName, children };
  if (typeof dataCallout === 'string') return { type: 'group', is: 'callout', name: dataCallout, children };
  if (typeof dataScope === 'string') return { type: 'group', is: 'scope', name: dataScope, children };
  if (element.tagName !== 'details') return children;
  const summary = element.children.find((child) => child.type === 'element' && child.tagName === 'summary');
  return {
    type: 'group',
    is: 'fold',
    name: summary ? textOf(summary) : 'Details',
    children: children.slice(summary ? 1 : 0),
  };
}

/** The site's policy allows no pictures of other sites, so that a link stands for each. */
function pictureLink(_state: State, element: Element): PhrasingContent {
  const { src, alt, title } = element.properties;
  const words = [alt, title].find((each) => typeof each === 'string' && each.trim() !== '');
  return {
    type: 'link',
    url: String(src ?? ''),
    children: [{ type: 'text', value: `Picture: ${typeof words === 'string' ? words : 'see the original page'}` }],
  };
}

function codeBlock(state: State, element: Element): BlockContent {
  const code = element.children.find((child) => child.type === 'element' && child.tagName === 'code');
  const names = code?.type === 'element' ? code.properties['className'] : undefined;
  const language = (Array.isArray(names) ? names.map(String) : []).find((name) => name.startsWith('language-'));
  const value = textOf(element).replace(/\n$/, '');
  const node = { type: 'code', lang: language?.slice('language-'.length) ?? null, meta: null, value } as const;
  state.patch(element, node);
  return node;
}

function textOf(node: HastNodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && node.tagName === 'br') return '\n';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
