import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { readArguments, UsageError } from './arguments.ts';
import { importPages } from './import-pages.ts';
import { reportLines, summaryLine } from './report.ts';

const CONTENT = resolve(import.meta.dirname, '../../content');

/**
 * `npm run import -- PATH… [--to tutorials|pages] [--samples FOLDER] [--json] [--force]`: turns pages of
 * CockroachDB's docs, and plain Markdown, into pages here, and says of each block what became of it, and why.
 */
async function main(): Promise<number> {
  const wanted = readArguments(process.argv.slice(2));
  const paths = pagesIn(wanted.paths);
  const reports = await importPages(paths, wanted, CONTENT);
  for (const line of wanted.json ? [JSON.stringify(reports)] : reports.flatMap(reportLines)) console.log(line);
  if (!wanted.json) console.log(summaryLine(reports));
  return 0;
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

process.exitCode = await main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  return cause instanceof UsageError ? 2 : 1;
});
