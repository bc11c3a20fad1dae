// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAttempts } from './attempts.mjs';
import { chooseChromium } from './choose-chromium.mjs';
import { chooseEngine } from './choose-engine.mjs';
import { interruption } from './interruption.mjs';
import { languageSetUps, toolsOf } from './languages.mjs';
import { nodeOfSandboxes } from './node.mjs';
import { sandboxPlatforms, thisPlatform } from './platform-packages.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { choosePython } from './choose-python.mjs';
import { chooseRuntime } from './choose-runtime.mjs';
import { say } from './say.mjs';
import { buildSite } from './build-site.mjs';
import { writeWhole } from './stamp.mjs';

/** `again` is `npm run setup`: everything. */
export const purposes = ['start', 'test', 'dev', 'again'];

/**
 * Runs every step after the packages. What it finds and makes goes to `.bankrun/setup.json` (`server/setup-file.ts`
 * reads it); what cannot be had is a sentence there, and stops only what needs it. Throws SetupProblem when there is no
 * site to serve.
 * @param {string} root
 * @param {string} stateDir
 * @param {string} purpose
 */
export async function runSetupSteps(root, stateDir, purpose) {
  await checkEnvironment();
  const attempts = openAttempts(join(stateDir, 'attempts.json'));
  const forTests = purpose === 'test' || purpose === 'again';
  const file = join(stateDir, 'setup.json');
  const { chromium, site } = readBefore(file);
  /** @satisfies {import('../setup-file.ts').Setup & { node: string }} */
  const setup = {
    node: process.version,
    // What this purpose does not look at stays as another one found it.
    ...(chromium ? { chromium } : {}),
    ...(site ? { site } : {}),
    ...(await sandboxParts(root, stateDir, attempts, forTests)),
    ...(forTests ? { chromium: await orMissing(() => chooseChromium(root, stateDir, attempts)) } : {}),
    ...(purpose === 'dev' ? {} : { site: await siteFor(root, stateDir, purpose) }),
  };
  const text = `${JSON.stringify(setup, null, 2)}\n`;
  if (readText(file) !== text) writeWhole(file, text);
  // Else the server, or the tests, say it next.
  if (purpose === 'again') say(summaryOf(setup));
}

/**
 * Returns a line that says what is ready, or a sentence for each part that is not.
 * @param {import('../setup-file.ts').Setup} setup
 * @returns {string}
 */
export function summaryOf({ missing, runtime, engine, chromium, site, languages = {} }) {
  const parts = [runtime, ...Object.values(languages), chromium, site];
  const sentences = [missing, ...parts.map(missingOf)].filter(Boolean);
  const ready =
    'Set up: ' +
    `${engine?.kind === 'cockroach' ? `CockroachDB ${engine.version ?? '(none that can be used)'}` : 'the stand-in'} ` +
    `on ${runtime && 'name' in runtime ? runtime.name : 'no runtime'}. Type "npm start".`;
  return [
    ...(sentences.length > 0 ? sentences : [ready]),
    ...(engine?.kind === 'stand-in' || !engine?.path ? [engine?.why] : []),
  ]
    .filter(Boolean)
    .join('\n');
}

/** @param {unknown} part */
function missingOf(part) {
  return typeof part === 'object' && part !== null && 'missing' in part ? part.missing : undefined;
}

/**
 * The server would refuse it all the same, but only after everything else was done; and the build of the site reads
 * some of it.
 */
async function checkEnvironment() {
  // TypeScript: only once the right Node runs.
  const { ConfigError, readConfig } = await import('../config.ts');
  try {
    readConfig();
  } catch (cause) {
    throw cause instanceof ConfigError ? new SetupProblem(cause.message) : cause;
  }
}

/**
 * @param {string} root
 * @param {string} stateDir
 * @param {import('./attempts.mjs').Attempts} attempts
 * @param {boolean} forTests The tests want the stand-in whatever the engine.
 */
async function sandboxParts(root, stateDir, attempts, forTests) {
  if (!sandboxPlatforms.includes(thisPlatform)) {
    return {
      runtime: {
        missing:
          `Runs need Linux on x86-64 or arm64, and this is ${thisPlatform}: the tutorials show their ` +
          'recorded output.',
      },
    };
  }
  const python = await orMissing(() => choosePython(stateDir, attempts));
  const node = await nodeOfSandboxes(root);
  const languages =
    'missing' in python ? {} : await installLanguages(toolsOf(root, stateDir, attempts, { python, node }));
  const runtime = await orMissing(() => chooseRuntime(attempts));
  const engine = await chooseEngine(stateDir, attempts);
  if (engine.kind === 'cockroach' && !forTests) return { ...asPython(python), languages, runtime, engine };
  const standin = await orMissing(() => prepareStandin(root, stateDir, node.executable));
  if (!('missing' in standin)) return { ...asPython(python), languages, runtime, engine, standin };
  const why = `${engine.why} The stand-in could not be made ready: ${standin.missing}`;
  return { ...asPython(python), languages, runtime, engine: engine.kind === 'stand-in' ? { ...engine, why } : engine };
}

/** @param {{ missing: string } | import('./choose-python.mjs').Python} python */
function asPython(python) {
  return 'missing' in python ? { missing: python.missing } : { python };
}

/**
 * What each language's programs run on, or the sentence why that is missing.
 * @param {import('../../languages/set-up.ts').SetUpTools} tools
 */
async function installLanguages(tools) {
  /** @type {[string, NonNullable<import('../setup-file.ts').Setup['languages']>[string]][]} */
  const installed = [];
  for (const [name, setUp] of await languageSetUps(tools.root))
    installed.push([name, await orMissing(() => setUp(tools))]);
  return Object.fromEntries(installed);
}

/** @param {string} root @param {string} stateDir @param {string} node */
async function prepareStandin(root, stateDir, node) {
  try {
    const standin = await import('./standin.mjs');
    const made = await standin.prepareStandin({ root, stateDir, say });
    return { ...made, node };
  } catch (cause) {
    interruption.throwIfAborted();
    throw new SetupProblem(cause instanceof Error ? cause.message : String(cause));
  }
}

/** @param {string} root @param {string} stateDir @param {string} purpose */
async function siteFor(root, stateDir, purpose) {
  if (purpose === 'start') return buildSite(root, stateDir);
  // The test command counts a site that cannot be built as a failed check, beside the others.
  return orMissing(() => buildSite(root, stateDir));
}

/**
 * @template T
 * @param {() => Promise<T>} step
 * @returns {Promise<T | { missing: string }>}
 */
async function orMissing(step) {
  try {
    return await step();
  } catch (cause) {
    if (!(cause instanceof SetupProblem)) throw cause;
    return { missing: cause.message };
  }
}

/**
 * @param {string} file
 * @returns {Pick<import('../setup-file.ts').Setup, 'chromium' | 'site'>}
 */
function readBefore(file) {
  try {
    return JSON.parse(readText(file) ?? '{}');
  } catch {
    return {};
  }
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
