import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UsageError } from '../client/command-line.ts';
import { CONTENT } from '../client/content.ts';
import { startServer } from '../client/server.ts';
import { exitCodeAfter } from '../refusal.ts';
import { readArguments, type Wanted } from './arguments.ts';
import { importPages } from './import-pages.ts';
import { reportLines, summaryLine, type PageReport } from './report.ts';

/**
 * `npm run import`: turns pages of CockroachDB's docs, and plain Markdown, into pages here, and says of each block what
 * became of it, and why.
 */
async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  const paths = pagesIn(wanted.paths);
  const reports = await tried(paths, wanted);
  for (const line of wanted.json ? [JSON.stringify(reports)] : reports.flatMap(reportLines)) console.log(line);
  if (!wanted.json) console.log(summaryLine(reports));
  return reports.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

/** Imports pages, and tries their steps where these can be run. */
async function tried(paths: string[], wanted: Wanted): Promise<PageReport[]> {
  if (!wanted.tries) return await importPages(paths, wanted, { content: CONTENT, url: undefined });
  const server = await startServer({ INSTANCE: process.env['INSTANCE'] || 'import' });
  try {
    if (server.off !== undefined) console.error(`The steps are not tried: ${server.off}`);
    const url = server.off === undefined ? server.url : undefined;
    return await importPages(paths, wanted, { content: CONTENT, url });
  } finally {
    await server.stop();
  }
}

/** Returns the pages at these paths, and those in folders among them. Throws UsageError for what is not there. */
function pagesIn(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new UsageError(`There is no ${path}.`);
    if (stat.isFile()) return [relative(process.cwd(), resolve(path))];
    const found = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((each) =>
      /\.(?:md|markdown)$/.test(each),
    );
    if (found.length === 0) throw new UsageError(`The folder ${path} has no pages (*.md).`);
    return pagesIn(found.sort().map((each) => join(path, each)));
  });
}

process.exitCode = await main().catch(exitCodeAfter);
