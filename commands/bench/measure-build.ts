import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programPath } from '../../server/setup/npm-scripts.mjs';
import { makeDocusaurusSite } from './docusaurus-site.ts';
import { printFigure } from './figure.ts';
import { firstSearchBytes } from './first-search.ts';
import { makeLargeSite } from './large-site.ts';
import { costOf, type ProgramCost } from './program-cost.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Words that are on many pages: what they find is the most that a search can load. */
const SEARCHED = 'transaction retry';
const DOCUSAURUS = 'Docusaurus';

/**
 * Measures how long a site of so many pages takes to build, and Docusaurus with the same pages, and what the first
 * search loads. Both are made in a folder that is removed afterwards.
 */
export async function measureBuild(pages: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-build-'));
  try {
    const [site, other] = [join(folder, 'site'), join(folder, 'docusaurus')];
    makeLargeSite(ROOT, site, pages);
    const env = { NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' };
    const ours = await costOf(process.execPath, [programPath(ROOT, 'astro:astro'), 'build'], site, env);
    if (!ours.ok) throw new Error(`The site could not be built:\n${ours.output}`);
    print(`${pages} pages`, ours, await docusaurusCost(join(site, 'content'), other));
    const bytes = await firstSearchBytes(join(site, 'dist'), SEARCHED);
    printFigure(`the first search (“${SEARCHED}”) receives`, bytes / 1000, 'KB');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns what Docusaurus needs for the pages; undefined, after saying why, when it cannot be installed or fails. */
async function docusaurusCost(content: string, folder: string): Promise<ProgramCost | undefined> {
  makeDocusaurusSite(content, folder);
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
  const installed = await costOf('npm', install, folder).catch((cause: unknown) => ({
    ok: false,
    output: String(cause),
  }));
  if (!installed.ok) {
    console.log(
      `${DOCUSAURUS} could not be installed, so there is nothing to compare with: ${reasonIn(installed.output)}`,
    );
    return undefined;
  }
  const program = join(folder, 'node_modules/@docusaurus/core/bin/docusaurus.mjs');
  const built = await costOf(process.execPath, [program, 'build'], folder, { NODE_ENV: 'production' });
  if (built.ok) return built;
  console.log(`${DOCUSAURUS} could not build the pages: ${reasonIn(built.output)}`);
  return undefined;
}

function print(what: string, ours: ProgramCost, other: ProgramCost | undefined): void {
  const figure = (name: string, unit: string, of: (cost: ProgramCost) => number): void =>
    printFigure(`${what}: ${name}`, of(ours), unit, other && [DOCUSAURUS, of(other)]);
  figure('build', 's', ({ wallMs }) => wallMs / 1000);
  figure('processor time', 's', ({ processorMs }) => processorMs / 1000);
  figure('most memory', 'MiB', ({ peakBytes }) => peakBytes / 2 ** 20);
}

/** Returns the line that says why a program failed, as far as one can be told from the others. */
function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '';
}
