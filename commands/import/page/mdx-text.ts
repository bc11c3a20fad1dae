import type { Root } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown, type Handle, type Options } from 'mdast-util-to-markdown';
import type { Component, TextElement } from '../nodes.ts';

/** Braces and `<` would begin code or elements. */
const MDX: Options = {
  unsafe: [
    { character: '{', inConstruct: ['phrasing'] },
    { atBreak: true, character: '{' },
    { character: '<', inConstruct: ['phrasing'] },
    { atBreak: true, character: '<' },
    { atBreak: true, before: '', character: 'e', after: 'xport\\s' },
    { atBreak: true, before: '', character: 'i', after: 'mport\\s' },
  ],
  handlers: { component: component as Handle, textElement: textElement as Handle },
};

/** Returns a tree of components and Markdown as MDX. */
export function mdxText(tree: Root): string {
  return toMarkdown(tree, {
    bullet: '-',
    emphasis: '_',
    fences: true,
    rule: '-',
    listItemIndent: 'one',
    resourceLink: true,
    extensions: [gfmToMarkdown({ tablePipeAlign: false }), MDX],
  });
}

function component(
  node: Component,
  _parent: Parameters<Handle>[1],
  state: Parameters<Handle>[2],
  info: Parameters<Handle>[3],
): string {
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${value}"`);
  const tag = `${node.name}${attributes.join('')}`;
  if (node.children.length === 0) return `<${tag} />`;
  return `<${tag}>\n\n${state.containerFlow(node, state.createTracker(info).current())}\n\n</${node.name}>`;
}

function textElement(
  node: TextElement,
  _parent: Parameters<Handle>[1],
  state: Parameters<Handle>[2],
  info: Parameters<Handle>[3],
): string {
  if (node.children.length === 0) return `<${node.name} />`;
  return `<${node.name}>${state.containerPhrasing(node, { ...info, before: '>', after: '<' })}</${node.name}>`;
}
