import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutLifecycle } from '../../server/setup/packages.mjs';
import { runCommand } from '../../server/setup/run-command.mjs';
import { Refusal } from '../refusal.ts';
import type { Requirement } from './requirement.ts';
import { writeTogether } from './write-together.ts';

const INSTALL_MS = 10 * 60_000;
/** The name that npm writes into the list. */
const FOLDER = 'node-packages';
const CHANGED = ['package.json', 'package-lock.json'];
const UNREACHABLE = /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|ENETUNREACH/;

/** Runs npm in a folder. */
export type Npm = (args: string[], cwd: string) => Promise<{ ok: boolean; output: string; why: string }>;

const NPM: Npm = (args, cwd) =>
  runCommand('npm', args, { cwd, timeoutMs: INSTALL_MS, env: withoutLifecycle(process.env) });

/**
 * Adds a package, with its hashes and those of everything that it needs, to `node-packages/`. Returns a sentence that
 * says so. Throws Refusal, and then no file has changed.
 */
export async function addNode(content: string, { name, version }: Requirement, npm = NPM): Promise<string> {
  const folder = join(content, FOLDER);
  const before = versionIn(folder, name);
  if (before !== undefined && (version === undefined || version === before))
    throw new Refusal(`content/${FOLDER} has ${name} ${before} already. To change the version, name it: ${name}@…`);
  const scratch = mkdtempSync(join(tmpdir(), 'bankrun-npm-'));
  try {
    const copy = join(scratch, FOLDER);
    mkdirSync(copy);
    cpSync(folder, copy, { recursive: true });
    const called = version === undefined ? name : `${name}@${version}`;
    const args = [
      'install',
      called,
      '--package-lock-only',
      '--save-exact',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const { ok, output, why } = await npm([...args, '--omit-lockfile-registry-resolved'], copy);
    if (!ok) throw refusalFor(called, output || why, readFileSync(join(folder, '.npmrc'), 'utf8'));
    const files = CHANGED.map((file) => [join(folder, file), readFileSync(join(copy, file), 'utf8')]);
    writeTogether(Object.fromEntries(files) as Record<string, string>);
    return `Added ${name} ${versionIn(folder, name) ?? ''}.`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function versionIn(folder: string, name: string): string | undefined {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { dependencies: Record<string, string> }).dependencies[name];
}

function refusalFor(called: string, output: string, settings: string): Refusal {
  const [, date] = /^before=(\S+)/m.exec(settings) ?? [];
  if (UNREACHABLE.test(output)) return new Refusal(`npm’s registry cannot be reached, so ${called} was not added.`);
  if (output.includes('E404')) return new Refusal(`npm’s registry has no package ${called}.`);
  if (/ETARGET|ENOVERSIONS/.test(output))
    return new Refusal(`There is no ${called} from before ${date}, the date in content/${FOLDER}/.npmrc.`);
  const said = output.split('\n').flatMap((line) => /^npm (?:error|ERR!) (.*)/.exec(line)?.[1] ?? []);
  return new Refusal(`${called} was not added. npm says: ${said.slice(0, 3).join(' ') || output}`);
}
