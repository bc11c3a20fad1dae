// `npm run audit`: prints a table with Lighthouse's scores on a phone and axe's findings in both themes for every page.
// Exits with 1 unless every score is 100 and axe finds nothing. `npm run audit -- transactions` audits only pages with
// that in their name.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { SITE_PAGES } from './site-pages.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from '../client/chromium-program.ts';
import { startServer } from '../client/server.ts';
import { brokenRules, THEMES } from './axe.ts';
import { CATEGORIES, marksOf } from './lighthouse.ts';

const WIDTH = 52;
const FULL = 100;

const wanted = process.argv.slice(2);
const pages = SITE_PAGES.filter((path) => wanted.length === 0 || wanted.some((name) => path.includes(name)));
if (pages.length === 0) {
  console.error(`No page has that in its name. The pages are: ${SITE_PAGES.join(' ')}`);
  process.exit(2);
}

const server = await startServer({ INSTANCE: 'audit', WARM_PER_MODE: '0' });
const port = await freePort();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...CHROMIUM_ARGUMENTS, `--remote-debugging-port=${port}`],
});
const faults: string[] = [];
try {
  if (server.off !== undefined) console.log(`Runs are off, and the pages say so: ${server.off}`);
  console.log(
    row('page', [
      ...CATEGORIES.map((name) => name.replace('best-practices', 'practices')),
      ...THEMES.map(({ colorScheme }) => `axe ${colorScheme}`),
    ]),
  );
  for (const path of pages) {
    const url = server.url + path;
    const broken = await Promise.all(
      THEMES.map(async (theme) => {
        const page = await browser.newPage(theme);
        return await brokenRules(page, url).finally(() => page.close());
      }),
    );
    // Lighthouse refuses pages with status 404.
    const isThere = (await fetch(url, { method: 'HEAD' })).ok;
    const scored = isThere
      ? await marksOf(url, port).catch((cause: unknown) => void faults.push(`${path}  ${String(cause)}`))
      : undefined;
    console.log(
      row(path, [...CATEGORIES.map((name) => scored?.marks[name] ?? '-'), ...broken.map(({ length }) => length)]),
    );
    faults.push(
      ...[...(scored?.faults ?? []), ...broken.flat().map((rule) => `axe: ${rule}`)].map(
        (fault) => `${path}  ${fault}`,
      ),
    );
    if (scored && Object.values(scored.marks).some((mark) => mark < FULL) && scored.faults.length === 0)
      faults.push(`${path}  Lighthouse scored less than ${FULL} without giving a reason.`);
  }
} finally {
  await browser.close();
  await server.stop();
}
console.log(
  faults.length === 0 ? `\nEvery page scores ${FULL} in all four, and axe finds nothing.` : `\n${faults.join('\n')}`,
);
process.exit(faults.length === 0 ? 0 : 1);

function row(name: string, cells: (string | number)[]): string {
  return [name.padEnd(WIDTH), ...cells.map((cell) => String(cell).padStart(13))].join(' ');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: found } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return found;
}
