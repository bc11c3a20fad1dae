import { CONTENT } from '../../client/content.ts';
import { packagesOf } from '../../packages/available.ts';
import { plainName } from '../../packages/python-list.ts';

/** Python packages that are listed under another name. */
const SAME: Record<string, string> = { psycopg2: 'psycopg2-binary' };

/**
 * Returns the text of commands in which those that install the packages of a file, such as `npm install`, name them.
 * `read` returns the text of a file that is given for the page; undefined for others.
 */
export function withNamedPackages(text: string, read: (file: string) => string | undefined): string {
  return text
    .replace(/^((?:\$ )?npm) (?:install|i|ci)[ \t]*$/gm, (command, npm: string) => {
      const names = Object.keys(dependenciesIn(read('package.json') ?? ''));
      return names.length === 0 ? command : `${npm} install ${names.join(' ')}`;
    })
    .replace(/^((?:\$ )?(?:python3? -m )?pip3?) install -r (\S+)[ \t]*$/gm, (command, pip: string, file: string) => {
      const names = (read(file) ?? '').split('\n').flatMap((line) => /^[A-Za-z][\w.-]*/.exec(line.trim())?.[0] ?? []);
      return names.length === 0 ? command : `${pip} install ${names.join(' ')}`;
    });
}

function dependenciesIn(manifest: string): Record<string, unknown> {
  try {
    return (JSON.parse(manifest) as { dependencies?: Record<string, unknown> } | null)?.dependencies ?? {};
  } catch {
    return {};
  }
}

/** Returns why a command that installs packages cannot do so here; undefined when it can, or installs nothing. */
export function whyNotInstalled(commands: readonly string[]): string | undefined {
  for (const command of commands) {
    if (/^npm (?:install|i|ci)$/.test(command))
      return 'it installs what a `package.json` names: give its folder with --samples';
    const python = /^(?:python3? -m )?pip3? install\s+([^]*)$/.exec(command)?.[1];
    const node = /^npm (?:install|i|add)\s+([^]*)$/.exec(command)?.[1];
    const missing = missingIn(python, 'python') ?? missingIn(node, 'node');
    const flag = node === undefined ? '' : ' --node';
    if (missing !== undefined)
      return `the package \`${missing}\` is not there: \`npm run add-package -- '${missing}'${flag}\``;
    if (python !== undefined && /(?:^|\s)(?:-r|-e|--requirement)\b/.test(python))
      return 'it installs packages from a file: give its folder with --samples';
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
