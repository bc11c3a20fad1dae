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

/**
 * What set-up can prepare for; `again`, which is `npm run setup`, means everything, and `browse` only a browser, for a
 * site elsewhere.
 */
export const purposes = ['start', 'test', 'dev', 'again', 'browse'];

/**
 * Runs every step after the packages. Writes what it has found and built to `.bankrun/setup.json`, which
 * `server/setup-file.ts` reads. A missing part is a sentence there, and prevents only what needs it. Throws
 * SetupProblem when there is no site to serve.
 * @param {string} root
 * @param {string} stateDir
 * @param {string} purpose
 */
export async function runSetupSteps(root, stateDir, purpose) {
  await checkEnvironment();
  const attempts = openAttempts(join(stateDir, 'attempts.json'));
  const forTests = purpose === 'test' || purpose === 'again';
  const file = join(stateDir, 'setup.json');
  const before = readBefore(file);
  const findBrowser = () => orMissing(() => chooseChromium(root, stateDir, attempts));
  if (purpose === 'browse') return writeChanged(file, { ...before, chromium: await findBrowser() });
  const { chromium, site } = before;
  /** @satisfies {import('../setup-file.ts').Setup & { node: string }} */
  const setup = {
    node: process.version,
    // Parts that this purpose does not need stay as they were.
    ...(chromium ? { chromium } : {}),
    ...(site ? { site } : {}),
    ...(await sandboxParts(root, stateDir, attempts, forTests)),
    ...(forTests ? { chromium: await findBrowser() } : {}),
    ...(purpose === 'dev' ? {} : { site: await siteFor(root, stateDir, purpose) }),
  };
  writeChanged(file, setup);
  // For other purposes, the server or the tests print it later.
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
 * Throws SetupProblem when the configuration is invalid. The server would refuse it too, but only after all other
 * steps, and the site's build already uses some of it.
 */
async function checkEnvironment() {
  // Imported here because only the right Node can import TypeScript.
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
 * @param {boolean} forTests The tests need the stand-in with any engine.
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
  const why = `${engine.why} The stand-in could not be prepared: ${standin.missing}`;
  return { ...asPython(python), languages, runtime, engine: engine.kind === 'stand-in' ? { ...engine, why } : engine };
}

/** @param {{ missing: string } | import('./choose-python.mjs').Python} python */
function asPython(python) {
  return 'missing' in python ? { missing: python.missing } : { python };
}

/**
 * Installs all languages. Returns what each one's programs run on, or why that is missing.
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
  // The test command reports a site that cannot be built as one failed check among others.
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

/** @param {string} file @param {import('../setup-file.ts').Setup} setup */
function writeChanged(file, setup) {
  const text = `${JSON.stringify(setup, null, 2)}\n`;
  if (readText(file) !== text) writeWhole(file, text);
}

/**
 * @param {string} file
 * @returns {import('../setup-file.ts').Setup}
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
