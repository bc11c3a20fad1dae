import { join, resolve } from 'node:path';
import type { Level } from './log-level.ts';
import { readSetup, SetupFileError, type Setup } from './setup-file.ts';

/**
 * The server's configuration. Only this module reads the environment: everything that an operator can choose is here,
 * with its default and unit. What set-up found on this machine is read from `.bankrun/setup.json`.
 */
export interface Config {
  host: string;
  port: number;
  log: {
    /** `lines` for people, `json` for programs; by default lines on a terminal and otherwise JSON. */
    format: 'lines' | 'json' | 'auto';
    /** Failures on our side; also what is worth a look; also every claim, run and answer of the API. */
    level: Level;
    /** Whether readers' network addresses are logged, with each answer. */
    addresses: boolean;
  };
  /** Where the metrics are served for Prometheus; undefined when they are not. */
  metricsAddress: Address | undefined;
  /** The site's public origin when it is behind a proxy. Requests that change something are accepted from it, too. */
  publicOrigin: string | undefined;
  /** Other sites whose pages may run steps here, as browsers name them in `Origin`. */
  embedOrigins: string[];
  /**
   * Trust `X-Forwarded-For` and `X-Forwarded-Proto`. Set it only behind a proxy that writes them; otherwise readers can
   * choose their address.
   */
  trustProxy: boolean;
  /** Where a balancer in front of several servers asks how many slots are free; default: nowhere. */
  checkAddress: Address | undefined;
  /** How long SIGTERM lets readers go on before the server ends; 0: not at all. */
  drainMs: number;
  /** The project's root folder, which contains `dist/` and `.bankrun/`. */
  root: string;
  stateDir: string;
  siteDir: string;
  /** The name of this server among those that run from the same folder; each removes only its own leftovers. */
  instance: string;
  /** The most live sandboxes; the self-test may find that the machine has room for fewer. */
  maxSlots: number;
  /** How many started clusters wait for readers, per mode; `auto`: as many as the idle machine has room for. */
  warmPerMode: number | 'auto';
  /** How many sets of certificates are made ahead for secure clusters; never more than slots. */
  certificatesAhead: number;
  sandboxesPerReader: number;
  /** How many sandboxes one network address may have, so that deleting the cookie does not get a reader more slots. */
  sandboxesPerAddress: number;
  /** How many new sandboxes one reader and one network address may get per minute. */
  newPerMinute: number;
  /** How many runs and requests one reader may begin per minute; an address, so many times as it may have readers. */
  runsPerMinute: number;
  requestsPerMinute: number;
  idleMs: number;
  lifeMs: number;
  /** How long a sandbox is kept for a reader who has closed all pages that use it. */
  awayMs: number;
  /** How long a terminal lives without a page that watches it. */
  terminalAwayMs: number;
  /** How long a step may take, and one that asks for more time. */
  stepMs: number;
  maxStepMs: number;
  outputBytes: number;
  /** How long an unused SQL session is kept, and one with an open transaction, which holds locks. */
  sessionMs: number;
  transactionMs: number;
  setup: Setup;
}

/** An address to listen on. */
interface Address {
  host: string;
  port: number;
}

const MINUTE_MS = 60_000;
const MOST_WARM = 100;
const SITES = 'addresses without a path, separated by commas, as in https://docs.example.org,https://blog.example.org';

/**
 * The configuration is invalid. The message has a sentence for each wrong variable, with its name, its value and the
 * allowed values.
 */
export class ConfigError extends Error {}

/** Reads the configuration. An empty variable counts as unset. Throws ConfigError. */
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
  /** The first value is the default. */
  const oneOf = <Value extends string>(name: string, values: [Value, ...Value[]]): Value => {
    const value = text(
      name,
      values[0],
      (chosen) => values.some((each) => each === chosen),
      `one of ${values.join(', ')}`,
    );
    return values.find((each) => each === value) ?? values[0];
  };
  const address = (name: string, example: string): Address | undefined =>
    addressOf(
      text(
        name,
        '',
        (value) => value === '' || addressOf(value) !== undefined,
        `an address and a port, as in ${example}`,
      ),
    );
  const stateDir = join(root, '.bankrun');
  const stepMs = whole('STEP_SECONDS', 30, 1, 600) * 1000;
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
    log: {
      format: oneOf('LOG_FORMAT', ['auto', 'lines', 'json']),
      level: oneOf('LOG_LEVEL', ['warn', 'error', 'info']),
      addresses: text('LOG_ADDRESSES', '0', (value) => /^[01]$/.test(value), '0 or 1') === '1',
    },
    metricsAddress: address('METRICS_ADDRESS', '127.0.0.1:9464'),
    embedOrigins: originsOf(text('EMBED_ORIGINS', '', (value) => originsOf(value) !== undefined, SITES)) ?? [],
    checkAddress: address('CHECK_ADDRESS', '127.0.0.1:4322'),
    drainMs: whole('DRAIN_SECONDS', 0, 0, 86_400) * 1000,
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
    warmPerMode: perMode(
      text(
        'WARM_PER_MODE',
        'auto',
        (value) => value === 'auto' || (/^\d+$/.test(value) && Number(value) <= MOST_WARM),
        `auto or a whole number from 0 to ${MOST_WARM}`,
      ),
    ),
    certificatesAhead: whole('CERTIFICATES_AHEAD', 50, 0, 1000),
    sandboxesPerReader: 2,
    sandboxesPerAddress: whole('SANDBOXES_PER_ADDRESS', 16, 2, 1000),
    newPerMinute: whole('NEW_PER_MINUTE', 30, 1, 100_000),
    runsPerMinute: whole('RUNS_PER_MINUTE', 120, 1, 1_000_000),
    requestsPerMinute: whole('REQUESTS_PER_MINUTE', 1200, 10, 1_000_000),
    idleMs: whole('IDLE_MINUTES', 10, 1, 600) * MINUTE_MS,
    lifeMs: whole('LIFE_MINUTES', 60, 1, 6000) * MINUTE_MS,
    awayMs: whole('AWAY_SECONDS', 120, 1, 36_000) * 1000,
    terminalAwayMs: whole('TERMINAL_AWAY_SECONDS', 60, 1, 3600) * 1000,
    stepMs,
    maxStepMs: Math.max(stepMs, whole('MAX_STEP_SECONDS', 300, 1, 600) * 1000),
    outputBytes: whole('OUTPUT_KIB', 1024, 1, 16_384) * 1024,
    sessionMs: whole('SESSION_SECONDS', 1200, 1, 36_000) * 1000,
    transactionMs: whole('TRANSACTION_SECONDS', 300, 1, 36_000) * 1000,
    setup: setupOrReason(stateDir),
  };
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

function perMode(value: string): Config['warmPerMode'] {
  return value === 'auto' ? value : Number(value);
}

/**
 * Returns the origin of an address as browsers send it, without a trailing slash. Undefined when the address is invalid
 * or has a path.
 */
function originOf(address: string): string | undefined {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(url.href)
    ? url.origin
    : undefined;
}

/** Returns the host and port of an address such as 127.0.0.1:4322 or [::1]:4322; undefined when it is invalid. */
function addressOf(text: string): Address | undefined {
  const [, inBrackets, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = inBrackets ?? plain;
  return host !== undefined && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined;
}

/**
 * Returns the origins of addresses separated by commas, or undefined when one is invalid. Wildcards are not accepted:
 * a pattern would let in anyone who registers a matching name.
 */
function originsOf(addresses: string): string[] | undefined {
  const named = addresses
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const origins = named.flatMap((address) => (address.includes('*') ? [] : (originOf(address) ?? [])));
  return origins.length === named.length ? [...new Set(origins)] : undefined;
}

/** Reads the set-up file. When it cannot be used, runs are off, with the reason, and the site is still served. */
function setupOrReason(stateDir: string): Setup {
  try {
    return readSetup(stateDir);
  } catch (cause) {
    if (!(cause instanceof SetupFileError)) throw cause;
    return { missing: cause.message };
  }
}
