import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const CONTENT = resolve(import.meta.dirname, '../../../content');

/** Names under which a package of `content/requirements.in` is also known. */
const SAME: Record<string, string> = { psycopg2: 'psycopg2-binary', 'psycopg[binary]': 'psycopg' };

/** Returns why a command that installs packages cannot do so here; undefined when it can, or installs nothing. */
export function whyNotInstalled(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const python = /^(?:python3? -m )?pip3? install\s+([^]*)$/.exec(command)?.[1];
    const node = /^npm (?:install|i|add)\s+([^]*)$/.exec(command)?.[1];
    const missing = missingIn(python, pythonPackages) ?? missingIn(node, nodePackages);
    const flag = node === undefined ? '' : ' --node';
    if (missing !== undefined)
      return `the package \`${missing}\` is not there: \`npm run add-package -- '${missing}'${flag}\``;
    if (python !== undefined && /(?:^|\s)(?:-r|-e|--requirement)\b/.test(python))
      return 'it installs packages from a file';
  }
  return undefined;
}

function missingIn(list: string | undefined, known: () => Set<string>): string | undefined {
  const names = (list ?? '').split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'));
  return names
    .map((name) => name.replace(/^['"]|['"]$/g, ''))
    .find((name) => {
      const bare = name.replace(/[=<>~!@].*$/, '').toLowerCase();
      return bare !== '' && !known().has(SAME[bare] ?? bare.replace(/\[.*$/, ''));
    });
}

function pythonPackages(): Set<string> {
  const lines = readFileSync(resolve(CONTENT, 'requirements.in'), 'utf8').split('\n');
  return new Set(lines.map((line) => /^([\w.-]+)/.exec(line)?.[1]?.toLowerCase() ?? '').filter(Boolean));
}

function nodePackages(): Set<string> {
  const { dependencies } = JSON.parse(readFileSync(resolve(CONTENT, 'node-packages/package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return new Set(Object.keys(dependencies));
}
