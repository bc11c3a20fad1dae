import { join, resolve } from 'node:path';
import { readSetup, SetupFileError, type Setup } from './setup-file.ts';

/**
 * The only reader of the environment. Everything an operator can choose is here, with its default and unit; what set-up
 * found on this machine is read from `.bankrun/setup.json`.
 */
export interface Config {
  host: string;
  port: number;
  /** Where readers reach the site, when a proxy stands before it; mutations from this origin are let in too. */
  publicOrigin: string | undefined;
  /** Other sites whose pages may run steps here, as browsers name them in `Origin`. */
  embedOrigins: string[];
  /**
   * Believe `X-Forwarded-For` and `X-Forwarded-Proto`: set it only behind a proxy that writes them, or readers can
   * choose their address.
   */
  trustProxy: boolean;
  /** Project root; `dist/` and `.bankrun/` lie in it. */
  root: string;
  stateDir: string;
  siteDir: string;
  /** Name of this server among those that run from the same folder at once; each removes only leftovers of its own. */
  instance: string;
  /** Upper bound of live sandboxes; the self-test may find fewer. */
  maxSlots: number;
  /** Started clusters that wait for readers, per mode. */
  warmPerMode: number;
  sandboxesPerReader: number;
  /** Sandboxes that one network address may hold, so that dropping the cookie takes no more slots. */
  sandboxesPerAddress: number;
  /** New sandboxes that one network address may have made in a minute. */
  newPerMinute: number;
  idleMs: number;
  lifeMs: number;
  /** How long a terminal lives whose page is away. */
  terminalAwayMs: number;
  stepMs: number;
  outputBytes: number;
  /** How long a SQL session that nobody uses is kept, and how long an open transaction, which holds locks. */
  sessionMs: number;
  transactionMs: number;
  setup: Setup;
}

const MINUTE_MS = 60_000;
const SITES = 'addresses without a path, separated by commas, as in https://docs.example.org,https://blog.example.org';

/**
 * What an operator wrote makes no sense: a sentence for each variable, with its name, its value and what is allowed.
 */
export class ConfigError extends Error {}

/** Reads the configuration; an empty variable counts as none. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, root = resolve(import.meta.dirname, '..')): Config {
  const problems: string[] = [];
  const text = (name: string, fallback: string, isRight: (value: string) => boolean, allowed: string): string => {
    const value = env[name] || fallback;
    if (!isRight(value)) problems.push(`${name} must be ${allowed}, not "${value}".`);
    return value;
  };
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const isRight = (value: string): boolean => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
    return Number(text(name, String(fallback), isRight, `a whole number from ${least} to ${most}`));
  };
  const stateDir = join(root, '.bankrun');
  const config: Config = {
    host: env['HOST'] || '127.0.0.1',
    port: whole('PORT', 4321, 0, 65_535),
    publicOrigin: originOf(
      text(
        'PUBLIC_ORIGIN',
        '',
        (value) => value === '' || originOf(value) !== undefined,
        'an address without a path, as in https://docs.example.org',
      ),
    ),
    embedOrigins: originsOf(text('EMBED_ORIGINS', '', (value) => originsOf(value) !== undefined, SITES)) ?? [],
    trustProxy: text('TRUST_PROXY', '0', (value) => /^[01]$/.test(value), '0 or 1') === '1',
    root,
    stateDir,
    siteDir: join(root, 'dist'),
    instance: text(
      'INSTANCE',
      'server',
      (value) => /^[a-z][a-z0-9-]{0,30}$/.test(value),
      'at most 31 small letters, digits and dashes, with a letter first',
    ),
    maxSlots: whole('MAX_SLOTS', 50, 1, 1000),
    warmPerMode: whole('WARM_PER_MODE', 1, 0, 20),
    sandboxesPerReader: 2,
    sandboxesPerAddress: whole('SANDBOXES_PER_ADDRESS', 16, 2, 1000),
    newPerMinute: whole('NEW_PER_MINUTE', 30, 1, 100_000),
    idleMs: whole('IDLE_MINUTES', 10, 1, 600) * MINUTE_MS,
    lifeMs: whole('LIFE_MINUTES', 60, 1, 6000) * MINUTE_MS,
    terminalAwayMs: whole('TERMINAL_AWAY_SECONDS', 60, 1, 3600) * 1000,
    stepMs: whole('STEP_SECONDS', 30, 1, 600) * 1000,
    outputBytes: whole('OUTPUT_KIB', 1024, 1, 16_384) * 1024,
    sessionMs: whole('SESSION_SECONDS', 1200, 1, 36_000) * 1000,
    transactionMs: whole('TRANSACTION_SECONDS', 300, 1, 36_000) * 1000,
    setup: setupOrReason(stateDir),
  };
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

/**
 * As browsers send it: without the slash that people end an address with. Undefined for what is no address, or has a
 * path.
 */
function originOf(address: string): string | undefined {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(url.href)
    ? url.origin
    : undefined;
}

/**
 * Of addresses separated by commas; undefined where one of them is none. Each is named whole: a pattern would let in
 * whoever gets such a name.
 */
function originsOf(addresses: string): string[] | undefined {
  const named = addresses
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const origins = named.flatMap((address) => (address.includes('*') ? [] : (originOf(address) ?? [])));
  return origins.length === named.length ? [...new Set(origins)] : undefined;
}

/** A file that cannot be used turns runs off, with the reason; the site is served all the same. */
function setupOrReason(stateDir: string): Setup {
  try {
    return readSetup(stateDir);
  } catch (cause) {
    if (!(cause instanceof SetupFileError)) throw cause;
    return { missing: cause.message };
  }
}
