import type { Code, Nodes, Parent, Root, RootContent } from 'mdast';
import { MODES } from '../../../shared/modes.ts';
import type { Mode } from '../../../shared/protocol.ts';
import type { Added, Block, StepFence } from '../block.ts';
import type { PlacedBlock } from '../blocks/placed-block.ts';
import { fenceLanguage } from './fence-language.ts';
import type { Component, Group } from '../nodes.ts';

/** What a page's nodes are made for: the driver folder of its samples, and the labels of its filters. */
export interface PageInput {
  driver: string;
  labels: ReadonlyMap<string, string>;
}

/** What a fence or a sample of a page comes from: a block, or what was added above it. */
export interface Origin {
  block: Block;
  added?: Added;
}

/** A page as components and Markdown, and the origin of each of its fences and samples, in page order. */
export interface PageNodes {
  tree: Root;
  origins: Origin[];
}

/** Returns a page's tree with what was decided about its blocks. The given tree stays as it is. */
export function pageNodes(tree: Root, placed: readonly PlacedBlock[], { driver, labels }: PageInput): PageNodes {
  const byNode = new Map(placed.map((each) => [each.node, each]));
  const origins: Origin[] = [];
  const fence = (origin: Origin, lang: string, meta: string | null, value: string): Code => {
    origins.push(origin);
    return { type: 'code', lang, meta: meta === '' ? null : meta, value };
  };
  const step = (origin: Origin, { kind, text, meta, prompts }: StepFence, mode: Mode | null): RootContent[] => {
    const of = (each: Mode): Code =>
      fence(origin, kind, meta, prompts ? text[each] : text[each].replace(/^[>$] /gm, ''));
    if (mode !== null || text.secure === text.insecure) return [of(mode ?? 'secure')];
    return MODES.map((each) => component('Mode', { is: each }, [of(each)]));
  };
  const added = (block: Block, each: Added, mode: Mode | null): RootContent[] => {
    if (each.is === 'step') return step({ block, added: each }, each.step, mode);
    origins.push({ block, added: each });
    return [component('Sample', { driver, file: each.path }, [])];
  };
  const nodesOf = (placedBlock: PlacedBlock): RootContent[] => [
    ...ownNodesOf(placedBlock),
    ...placedBlock.block.below.flatMap((each) => added(placedBlock.block, each, placedBlock.mode)),
  ];
  const ownNodesOf = ({ block, mode }: PlacedBlock): RootContent[] => {
    const { decision, printed } = block;
    const before = block.added.flatMap((each) => added(block, each, mode));
    if (decision.is === 'step')
      return [
        ...before,
        ...step({ block }, decision.step, mode),
        ...(printed === undefined ? [] : [fence({ block }, 'text', 'output', printed)]),
      ];
    if (decision.is === 'output')
      return [...before, fence({ block }, 'text', decision.unordered ? 'output unordered' : 'output', decision.text)];
    if (decision.is === 'file') {
      origins.push({ block });
      return [...before, component('Sample', { driver, file: decision.path }, [])];
    }
    return [...before, fence({ block }, fenceLanguage(block.language, block.text), null, block.text)];
  };
  const convert = (node: Nodes): Nodes[] => {
    if (node.type === 'code') {
      const found = byNode.get(node);
      return found ? nodesOf(found) : [node];
    }
    if (node.type === 'group') return groupNodes(node, convertAll(node), labels);
    return 'children' in node ? [{ ...node, children: convertAll(node) } as Nodes] : [node];
  };
  const convertAll = (parent: Parent): Nodes[] => (parent.children as Nodes[]).flatMap(convert);
  const children = convertAll(tree) as RootContent[];
  return { tree: { type: 'root', children: withModeFilter(children) }, origins };
}

function groupNodes({ is, name }: Group, children: Nodes[], labels: ReadonlyMap<string, string>): Nodes[] {
  if (is === 'data') return name === 'modes' ? [component('ModeFilter', {}, [])] : [];
  if (is === 'callout') return children.length === 0 ? [] : [component('Note', {}, children)];
  if (is === 'fold') {
    const summary = component('summary', {}, [{ type: 'paragraph', children: [{ type: 'text', value: name }] }]);
    return [component('details', {}, [summary, ...children])];
  }
  if (name === 'secure' || name === 'insecure') return [component('Mode', { is: name }, children)];
  // A choice that this site does not have is shown with the others, below its label.
  const label: Nodes = { type: 'strong', children: [{ type: 'text', value: labels.get(name) ?? name }] };
  return [{ type: 'paragraph', children: [label] }, ...children];
}

function component(name: string, attributes: Record<string, string>, children: Nodes[]): Component {
  return { type: 'component', name, attributes, children: children as Component['children'] };
}

/** Returns a page's nodes with the choice of modes, which must be on a page that differs between them, once. */
function withModeFilter(children: RootContent[]): RootContent[] {
  let isThere = false;
  const once = (nodes: Nodes[]): Nodes[] =>
    nodes.flatMap((node): Nodes[] => {
      if (node.type === 'component' && node.name === 'ModeFilter') {
        if (isThere) return [];
        isThere = true;
      }
      return 'children' in node ? [{ ...node, children: once(node.children as Nodes[]) } as Nodes] : [node];
    });
  const kept = once(children) as RootContent[];
  if (isThere || !JSON.stringify(kept).includes('"name":"Mode"')) return kept;
  const first = kept.findIndex((node) => node.type !== 'paragraph');
  return kept.toSpliced(first < 0 ? 0 : first, 0, component('ModeFilter', {}, []));
}
