import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../shared/step.ts';
import type { Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { keyPlace, type SourcePage } from './source-page.ts';

/** Returns a mistake for each module in a page's `imports` that neither its programs import nor a package has. */
export function importMistakes(content: string, pages: readonly SourcePage[]): Mistake[] {
  const importing = pages.filter(
    ({ frontmatter, mistakes }) => frontmatter.imports.length > 0 && mistakes.length === 0,
  );
  if (importing.length === 0) return [];
  const installed = installedPackages(content);
  return importing.flatMap((page) => {
    const known = new Set([...page.steps.flatMap(({ step }) => importedBy(textOf(step))), ...installed]);
    return page.frontmatter.imports
      .filter((module) => !known.has(module))
      .map((module) => ({
        ...keyPlace(page, 'imports'),
        found: `the module \`${module}\` in \`imports\``,
        expected: 'one that a program of the page imports, or a package in content/requirements.txt',
        meant: nearest(module, known),
      }));
  });
}

/** Returns the modules that a Python program imports, and the packages that they are in: `pony.orm` and `pony`. */
function importedBy(program: string): string[] {
  const statements = program.matchAll(/^[^\S\n]*(?:from\s+([\w.]+)\s+import\s+([^\n#]*)|import\s+([^\n#]*))/gm);
  return [...statements].flatMap(([, from, names, plain]) => {
    const words = (names ?? plain ?? '').split(',').map((name) => name.trim().split(/\s/)[0]!.replace(/[()]/g, ''));
    const modules = from === undefined ? words : [from, ...words.map((word) => `${from}.${word}`)];
    return modules.flatMap(withParents);
  });
}

function withParents(module: string): string[] {
  const parts = module.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

/** Returns the names of the packages that readers have, as modules are called: `psycopg2` for `psycopg2-binary`. */
function installedPackages(content: string): string[] {
  const path = join(content, 'requirements.txt');
  if (!existsSync(path)) return [];
  return [...readFileSync(path, 'utf8').matchAll(/^([\w.-]+)(?:\[.*?\])?==/gm)].map(([, name]) =>
    name!
      .toLowerCase()
      .replace(/-binary$/, '')
      .replaceAll('-', '_'),
  );
}
