import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { importPages } from '../../../commands/import/import-pages.ts';
import type { PageReport } from '../../../commands/import/report.ts';

const NAVIGATION = `{
  "start": "transactions",
  "groups": [
    {
      "title": "Learn",
      "pages": [{ "page": "transactions", "about": "all or nothing" }]
    }
  ]
}
`;

/** An imported page: its report, its MDX without front matter, and its files by their paths in the content folder. */
export interface Imported {
  report: PageReport;
  mdx: string;
  file: (path: string) => string;
}

/**
 * Imports the text of a page, and tries it on the server at `url`, if there is one. `files` are those of its site and
 * of the folder with programs, by their paths: `_includes/…`, `programs/…`.
 */
export async function imported(text: string, files: Record<string, string> = {}, url?: string): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    const write = (path: string, body: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), body);
    };
    for (const place of ['tutorials', 'pages', 'samples', 'partials']) write(`content/${place}/.keep`, '');
    write('content/pages/transactions.mdx', '---\ntitle: Transactions\nsummary: All or nothing.\n---\n');
    write('content/navigation.json', NAVIGATION);
    for (const [path, body] of Object.entries({ 'v9.1/ride-a-bike.md': text, ...files })) write(path, body);
    const content = join(folder, 'content');
    const wanted = { to: 'tutorials', samples: join(folder, 'programs'), tries: false, force: false } as const;
    const path = join(folder, 'v9.1/ride-a-bike.md');
    const [report] = await importPages([path], { ...wanted, paths: [path], json: false }, { content, url });
    const file = (name: string, cache = new Map<string, string>()): string => cache.get(name) ?? '';
    const all = new Map<string, string>();
    for (const name of report!.files) all.set(name, readFileSync(join(content, name), 'utf8'));
    all.set('navigation.json', readFileSync(join(content, 'navigation.json'), 'utf8'));
    const mdx = all.get('tutorials/ride-a-bike.mdx') ?? '';
    return { report: report!, mdx: mdx.replace(/^---\n[^]*?\n---\n\n?/, ''), file: (name) => file(name, all) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
