import type { Frontmatter } from '../page-schema.ts';
import type { BuiltPage } from './page.ts';

/** A page of the site, compiled from its source. */
export interface SourcePage extends BuiltPage {
  /** Its source, relative to the root: `content/tutorials/x.mdx`. */
  file: string;
  /** Its address without `.html`. */
  id: string;
  /** Selects its steps, recordings and effects: its `name`, or its id. */
  name: string;
  frontmatter: Frontmatter;
  /** The line of each key of its frontmatter. */
  keyLines: ReadonlyMap<string, number>;
}

/** Returns whether a page's frontmatter could be read, so that its name is known. */
export function hasKeys({ keyLines }: SourcePage): boolean {
  return keyLines.size > 0;
}

/** Returns the place of a key of the frontmatter, or of the page's beginning when the key is not there. */
export function keyPlace({ file, keyLines }: SourcePage, key: string): { file: string; line: number } {
  return { file, line: keyLines.get(key) ?? 1 };
}
