import type { PlacedBlock } from './placed-block.ts';

/** What begins the line of a command, with its prompt. */
const LINE = /^(\s*(?:\$ )?)/;

/**
 * Whether a page is about this database, so that `psql` on it opens the shell of another one. On other pages it stands
 * for the cluster's own.
 */
export function isAboutCluster(placed: readonly PlacedBlock[]): boolean {
  return placed.some(({ block }) => /^\s*(?:\$ )?cockroach\s/m.test(block.text));
}

/** Whether a command opens the shell of another database, whose statements are nothing for the cluster. */
export function opensOtherShell(command: string): boolean {
  return /^(?:psql|mysql|sqlite3|mongosh?|sqlcmd|sqlplus)(?=\s|$)(?![^]*26257)/.test(command);
}

/** Returns a block's commands with the cluster's shell in place of `psql` and `createdb`. */
export function withClusterShell(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [start = ''] = LINE.exec(line) ?? [];
      const words = line.slice(start.length).trim().split(/\s+/);
      if (words[0] === 'createdb' && /^\w+$/.test(words.at(-1)!))
        return `${start}cockroach sql --insecure -e 'CREATE DATABASE ${words.at(-1)}'`;
      return words[0] === 'psql' ? `${start}cockroach sql --insecure${optionsOf(line)}` : line;
    })
    .join('\n');
}

function optionsOf(line: string): string {
  const flag = (names: string): string | undefined => new RegExp(`\\s(?:${names})[= ]?['"]?(\\w+)`).exec(line)?.[1];
  const bare = /psql((?:\s+-\w+ \S+)*)\s+([a-z_]\w*)\s*$/i.exec(line)?.[2];
  const database = flag('-d|--dbname') ?? bare;
  const rest = /\s(?:-c|-f|--command|--file)[= ]?(?:"[^"]*"|'[^']*'|\S+)/.exec(line)?.[0] ?? '';
  const run = rest.replace(/^\s(?:-c|--command)[= ]?/, ' -e ').replace(/^\s(?:-f|--file)[= ]?/, ' -f ');
  return `${database === undefined ? '' : ` --database=${database}`}${run}`;
}
