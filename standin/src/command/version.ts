import { CommandError } from '../command-line/command-error.ts';
import { runCommand } from '../command-line/run-command.ts';
import type { Usage } from '../command-line/usage.ts';
import { BUILD_TAG } from '../identity/claimed-version.ts';

const USAGE: Usage = {
  name: 'version',
  about: 'Tells what this is: a stand-in for CockroachDB.',
  lines: ['version [flags]'],
  flags: [{ name: 'build-tag', kind: 'truth', help: 'Tell only the build tag.' }],
};

/** `cockroach version`: what the stand-in is, in the form of CockroachDB's own answer. Returns the exit code. */
export async function version(argv: string[]): Promise<number> {
  return await runCommand(USAGE, argv, async (given) => {
    if (given.rest.length > 0)
      throw new CommandError(`unknown command ${JSON.stringify(given.rest[0])} for "cockroach version"`);
    process.stdout.write(given.truth('build-tag') ? `${BUILD_TAG}\n` : versionDetails());
    return 0;
  });
}

/** Returns what `cockroach version` prints, with `none` for what the stand-in does not have. */
export function versionDetails(): string {
  const facts: [string, string][] = [
    ['Build Tag:', BUILD_TAG],
    ['Build Time:', 'none'],
    ['Distribution:', 'OSS'],
    ['Platform:', `${process.platform} ${process.arch}`],
    ['Go Version:', `none (Node.js ${process.version})`],
    ['C Compiler:', 'none'],
    ['Build Commit ID:', 'none'],
    ['Build Type:', 'stand-in over PostgreSQL, not CockroachDB'],
  ];
  return facts.map(([name, value]) => `${name.padEnd(18)}${value}\n`).join('');
}
