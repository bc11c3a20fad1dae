import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readFrontmatter } from '../../src/compiler/frontmatter.ts';
import { PAGE_FOLDERS } from '../../src/compiler/page-neighbours.ts';
import { Refusal } from '../refusal.ts';

/** Addresses that the site itself uses. */
const OURS = ['404', 'all-pages'];

/** Throws Refusal when a page has that address already, or is called so, or when samples of that name exist. */
export function checkFree(content: string, name: string): void {
  if (OURS.includes(name)) throw new Refusal(`The site itself has a page at /${name}.html: choose another name.`);
  for (const folder of PAGE_FOLDERS) {
    for (const file of readdirSync(join(content, folder)).filter((each) => each.endsWith('.mdx'))) {
      const path = `content/${folder}/${file}`;
      if (basename(file, '.mdx') === name) throw new Refusal(`${path} exists already: choose another name.`);
      if (nameOf(readFileSync(join(content, folder, file), 'utf8'), path) === name)
        throw new Refusal(`${path} has the name "${name}" already: choose another one.`);
    }
  }
  if (existsSync(join(content, 'samples', name)))
    throw new Refusal(`content/samples/${name} exists already: choose another name.`);
}

/** Returns the short name in a page's frontmatter, whatever else is wrong with it. */
function nameOf(text: string, path: string): string | undefined {
  return readFrontmatter(text, path, () => undefined).frontmatter.name;
}
