import type { BlockContent, Parent, PhrasingContent } from 'mdast';

/**
 * A part of an imported page that Markdown has no word for: the part of a page that one choice of a filter shows, a
 * callout, a part that is folded, or the place where data is set up or where modes are chosen.
 */
export interface Group extends Parent {
  type: 'group';
  is: 'scope' | 'callout' | 'fold' | 'data';
  /** The scope, the kind of callout, the summary, or the name of the data set. */
  name: string;
  children: BlockContent[];
}

/** A component of a page, with its attributes and what is inside of it, such as `<Mode is="secure">`. */
export interface Component extends Parent {
  type: 'component';
  name: string;
  attributes: Record<string, string>;
  children: BlockContent[];
}

/** An element of text without attributes, such as `<kbd>`. */
export interface TextElement extends Parent {
  type: 'textElement';
  name: string;
  children: PhrasingContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    group: Group;
    component: Component;
    textElement: TextElement;
  }
  interface PhrasingContentMap {
    textElement: TextElement;
  }
  interface BlockContentMap {
    group: Group;
    component: Component;
  }
}
