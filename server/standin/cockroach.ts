/** The stand-in's `cockroach` command: finds the command that argv names and exits with its code. Each loads only what it needs. */
type Command = (argv: string[]) => Promise<number>;

const COMMANDS: Record<string, () => Promise<Command>> = {
  'start-single-node': async () => (await import('./command/start.ts')).start,
  cert: async () => (await import('./command/cert.ts')).cert,
  sql: async () => (await import('./command/sql.ts')).sql,
  version: async () => (await import('./command/version.ts')).version,
  'node drain': async () => (await import('./command/drain.ts')).drain,
};

async function main(argv: string[]): Promise<number> {
  const name = argv.slice(0, 2).join(' ') in COMMANDS ? argv.slice(0, 2).join(' ') : (argv[0] ?? '');
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    process.stderr.write(`ERROR: the stand-in for CockroachDB does not have the command "${argv.slice(0, 2).join(' ')}"\n`);
    return 1;
  }
  return await (await load())(argv.slice(name.split(' ').length));
}

process.exitCode = await main(process.argv.slice(2));
