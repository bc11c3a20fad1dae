type Command = (argv: string[]) => Promise<number>;

const COMMANDS: Record<string, () => Promise<Command>> = {
  'start-single-node': async () => (await import('./command/start.ts')).start,
  cert: async () => (await import('./command/cert.ts')).cert,
  sql: async () => (await import('./command/sql.ts')).sql,
  workload: async () => (await import('./command/workload.ts')).workload,
  version: async () => (await import('./command/version.ts')).version,
  'node drain': async () => (await import('./command/drain.ts')).drain,
};

/**
 * The stand-in's `cockroach` command: runs the command that argv names and returns its exit code. Each command loads
 * only what it needs.
 */
export async function main(argv: string[]): Promise<number> {
  const name = argv.slice(0, 2).join(' ') in COMMANDS ? argv.slice(0, 2).join(' ') : (argv[0] ?? '');
  const find = async (wanted: string): Promise<Command | undefined> =>
    Object.hasOwn(COMMANDS, wanted) ? await COMMANDS[wanted]!() : undefined;
  const command = await find(name);
  if (!command) return await (await import('./command/help.ts')).help(argv, find);
  return await command(argv.slice(name.split(' ').length));
}
