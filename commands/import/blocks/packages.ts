import { CONTENT } from '../../client/content.ts';
import { packagesOf } from '../../packages/available.ts';
import { plainName } from '../../packages/python-list.ts';

/** Python packages that are listed under another name. */
const SAME: Record<string, string> = { psycopg2: 'psycopg2-binary' };

/** Returns why a command that installs packages cannot do so here; undefined when it can, or installs nothing. */
export function whyNotInstalled(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    const python = /^(?:python3? -m )?pip3? install\s+([^]*)$/.exec(command)?.[1];
    const node = /^npm (?:install|i|add)\s+([^]*)$/.exec(command)?.[1];
    const missing = missingIn(python, 'python') ?? missingIn(node, 'node');
    const flag = node === undefined ? '' : ' --node';
    if (missing !== undefined)
      return `the package \`${missing}\` is not there: \`npm run add-package -- '${missing}'${flag}\``;
    if (python !== undefined && /(?:^|\s)(?:-r|-e|--requirement)\b/.test(python))
      return 'it installs packages from a file';
  }
  return undefined;
}

function missingIn(list: string | undefined, language: 'python' | 'node'): string | undefined {
  const names = (list ?? '').split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'));
  return names
    .map((name) => name.replace(/^['"]|['"]$/g, ''))
    .find((name) => {
      const bare = name.replace(/[=<>~!@].*$/, '').toLowerCase();
      const plain = language === 'python' ? plainName(bare) : bare;
      return bare !== '' && !packagesOf(CONTENT, language).includes(SAME[plain] ?? plain);
    });
}
