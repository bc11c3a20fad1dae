import { homedir } from 'node:os';
import { join } from 'node:path';
import { createCa, createClient, createNode } from '../cert/create.ts';
import type { CreateOptions } from '../cert/create.ts';
import { listCertificates } from '../cert/list.ts';
import { normalizeUser } from '../cert/user-name.ts';
import { checkDuration, parseDuration } from '../command-line/duration.ts';
import type { Flag, Given } from '../command-line/flags.ts';
import { CommandError, SubcommandError } from '../command-line/command-error.ts';
import { runCommand } from '../command-line/run-command.ts';
import type { Usage } from '../command-line/usage.ts';

const CA_LIFETIME = '87840h';
const LIFETIME = '43920h';
const KEY_BITS = '2048';
const MIN_KEY_BITS = 512;
/** The required flags, as the usage shows them. */
const FILES = '--certs-dir=<path to cockroach certs dir> --ca-key=<path-to-ca-key>';

const DIRECTORY: Flag = { name: 'certs-dir', kind: 'text', help: 'Directory of the certificates and keys.' };
const CREATE: Flag[] = [
  DIRECTORY,
  { name: 'ca-key', kind: 'text', help: 'Path to the key of the CA.' },
  { name: 'key-size', kind: 'text', help: `Size of the key in bits (default ${KEY_BITS}).`, check: checkBits },
  { name: 'overwrite', kind: 'truth', help: 'Write over files that exist.' },
];
const lifetime = (standard: string): Flag => ({
  name: 'lifetime',
  kind: 'text',
  help: `How long the certificate is valid (default ${standard}0m0s).`,
  check: checkDuration,
});

interface Subcommand extends Usage {
  run: (given: Given) => Promise<void>;
}

const createCaWith = (what: 'ca' | 'client-ca', about: string): Subcommand => ({
  name: `cert create-${what}`,
  about,
  lines: [`cert create-${what} --certs-dir=<path to cockroach certs dir> --ca-key=<path-to-${what}-key> [flags]`],
  flags: [
    ...CREATE,
    lifetime(CA_LIFETIME),
    { name: 'allow-ca-key-reuse', kind: 'truth', help: 'Use the key at --ca-key if there is one.' },
  ],
  run: async (given) => {
    expectArguments(given, 0);
    await createCa(
      createOptions(given, CA_LIFETIME),
      what === 'ca' ? 'ca.crt' : 'ca-client.crt',
      given.truth('allow-ca-key-reuse'),
    );
  },
});

const SUBCOMMANDS: Record<string, Subcommand> = {
  'create-ca': createCaWith('ca', 'Makes the certificate and the key of a CA.'),
  'create-client-ca': createCaWith('client-ca', 'Makes the certificate and the key of a CA for clients only.'),
  'create-node': {
    name: 'cert create-node',
    about: "Makes a node's certificate and key, for the names and addresses given.",
    lines: [`cert create-node ${FILES} <host 1> <host 2> ... <host N> [flags]`],
    flags: [...CREATE, lifetime(LIFETIME)],
    run: async (given) => await createNode(createOptions(given, LIFETIME), given.rest),
  },
  'create-client': {
    name: 'cert create-client',
    about: "Makes a user's certificate and key.",
    lines: [`cert create-client ${FILES} <username> [flags]`],
    flags: [
      ...CREATE,
      lifetime(LIFETIME),
      { name: 'also-generate-pkcs8-key', kind: 'truth', help: 'Write the key in PKCS#8 too, as Java needs it.' },
    ],
    run: async (given) => {
      expectArguments(given, 1);
      await createClient(
        createOptions(given, LIFETIME),
        () => normalizeUser(given.rest[0]!),
        given.truth('also-generate-pkcs8-key'),
      );
    },
  },
  list: {
    name: 'cert list',
    about: 'Lists the certificates and keys of a directory.',
    lines: ['cert list [flags]'],
    flags: [DIRECTORY],
    run: async (given) => {
      expectArguments(given, 0);
      await listCertificates(directoryOf(given));
    },
  },
};

const USAGE: Usage = {
  name: 'cert',
  about: 'create ca, node, and client certs',
  lines: ['cert [flags]', 'cert [command]'],
  flags: [],
  commands: [
    ['create-ca', 'create CA certificate and key'],
    ['create-client-ca', 'create client CA certificate and key'],
    ['create-node', 'create node certificate and key'],
    ['create-client', 'create client certificate and key'],
    ['list', 'list certs in --certs-dir'],
  ],
};

/** `cockroach cert …`: creates and lists certificates. Returns the exit code. */
export async function cert(argv: string[]): Promise<number> {
  const subcommand = Object.hasOwn(SUBCOMMANDS, argv[0] ?? '') ? SUBCOMMANDS[argv[0]!] : undefined;
  if (!subcommand) {
    return await runCommand(USAGE, argv, async (given) => {
      throw new SubcommandError(`unknown sub-command: ${JSON.stringify(given.rest[0] ?? '')}`);
    });
  }
  return await runCommand(subcommand, argv.slice(1), async (given) => {
    await subcommand.run(given);
    return 0;
  });
}

function createOptions(given: Given, standardLifetime: string): CreateOptions {
  return {
    directory: directoryOf(given),
    caKey: given.text('ca-key') ?? process.env.COCKROACH_CA_KEY,
    overwrite: given.truth('overwrite'),
    keyBits: Number(given.text('key-size') ?? KEY_BITS),
    lifetimeMs: parseDuration(given.text('lifetime') ?? standardLifetime)!,
  };
}

function directoryOf(given: Given): string {
  return given.text('certs-dir') ?? process.env.COCKROACH_CERTS_DIR ?? join(homedir(), '.cockroach-certs');
}

function expectArguments(given: Given, count: number): void {
  const [first] = given.rest;
  if (given.rest.length !== count)
    throw new CommandError(
      count === 0 && first !== undefined
        ? `unknown command ${JSON.stringify(first)} for "cockroach cert"`
        : `accepts ${count} arg(s), received ${given.rest.length}`,
    );
}

function checkBits(value: string): string | undefined {
  return /^\d+$/.test(value) && Number(value) >= MIN_KEY_BITS
    ? undefined
    : `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
}
