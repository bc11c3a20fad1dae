import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { nameIn, plainName } from './python-list.ts';

/** Throws Refusal, with the command that adds it, when tutorials in that language cannot install a package yet. */
export function checkAvailable(content: string, language: string, wanted: string): void {
  const names = packagesOf(content, language);
  const name = language === 'node' ? wanted : plainName(wanted);
  if (names.includes(name)) return;
  const flag = language === 'node' ? ' --node' : '';
  throw new Refusal(
    `Tutorials cannot install ${wanted} yet: type "npm run add-package -- ${packageWord(wanted)}${flag}" first.`,
  );
}

/** Returns the names of the packages that tutorials in that language can install; Python's as `plainName` has them. */
export function packagesOf(content: string, language: string): string[] {
  return language === 'node' ? nodePackages(content) : pythonPackages(content);
}

function pythonPackages(content: string): string[] {
  const list = readFileSync(join(content, 'requirements.in'), 'utf8');
  return list.split('\n').flatMap((line) => nameIn(line) ?? []);
}

function nodePackages(content: string): string[] {
  const text = readFileSync(join(content, 'node-packages/package.json'), 'utf8');
  return Object.keys((JSON.parse(text) as { dependencies: Record<string, string> }).dependencies);
}

/** Returns a package's name as one types it in a shell: with quotation marks if the shell would read more in it. */
export function packageWord(name: string): string {
  return /^[\w@/.-]+$/.test(name) ? name : `'${name}'`;
}
