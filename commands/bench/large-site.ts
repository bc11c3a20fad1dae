import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf, recordedModes, recordingFile, type Recording } from '../../shared/recording.ts';
import { stepsIn } from '../../shared/step.ts';
import { readPages } from '../../src/compiler/read-pages.ts';
import { proseOf } from './prose.ts';

/** What the site is built from, besides packages. */
const SOURCES = ['astro.config.mjs', 'content', 'languages', 'package.json', 'public', 'server', 'shared', 'src'];
const MORE_SOURCES = ['.bankrun/setup.json', 'standin/package.json', 'standin/src', 'tsconfig.json'];
/** How many pages a group of the navigation gets. */
const GROUP = 25;

/** A page that others are made like. */
interface Model {
  folder: string;
  id: string;
  text: string;
  name: string;
}

/**
 * Makes a copy of this project in `folder`, whose site has `pages` pages: ours, and variants of them with their steps,
 * recordings and links, with samples and prose of their own.
 */
export function makeLargeSite(root: string, folder: string, pages: number): void {
  mkdirSync(folder, { recursive: true });
  for (const source of [...SOURCES, ...MORE_SOURCES])
    cpSync(join(root, source), join(folder, source), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const content = join(folder, 'content');
  const own = readPages(content).pages;
  const models = own
    .filter(({ id }) => id !== 'index')
    .map(({ file, id, name }) => ({
      folder: file.split('/')[1]!,
      id,
      name,
      text: readFileSync(join(folder, file), 'utf8'),
    }));
  const made: string[] = [];
  for (let number = 1; own.length + made.length < pages; number += 1) {
    const model = models[(number - 1) % models.length]!;
    writeVariant(content, model, number, made.at(-1) ?? 'index');
    made.push(`${model.id}-${number}`);
  }
  listPages(content, made);
  const originals = new Map(own.map(({ id, name }) => [id, name]));
  for (const page of readPages(content).pages) {
    const original = originals.get(page.id.replace(/-\d+$/, ''));
    if (originals.has(page.id) || original === undefined) continue;
    for (const mode of recordedModes(page.steps)) {
      const old = JSON.parse(
        readFileSync(join(content, 'recordings', recordingFile(original, mode)), 'utf8'),
      ) as Recording;
      const steps = stepsIn(page.steps, mode).map((each) => ({
        id: each.step.id,
        fingerprint: fingerprintOf(each),
        events: old.steps.find(({ id }) => id === each.step.id)?.events ?? [],
      }));
      const recording: Recording = { ...old, tutorial: page.name, steps };
      writeFileSync(join(content, 'recordings', recordingFile(page.name, mode)), JSON.stringify(recording));
    }
  }
}

/** Writes a page like the model, with a number in its names, and with text and samples that no other page has. */
function writeVariant(content: string, { folder, id, text, name }: Model, number: number, previous: string): void {
  const prose = proseOf(number);
  let variant = text
    .replace(/^(title: )(["']?)(.*?)\2$/m, `$1$2$3 ${number}$2`)
    .replace(/^name: .*\n/m, '')
    .replace(/^(summary: )/m, `name: ${name}-${number}\n$1`);
  for (const driver of new Set([...text.matchAll(/<Sample driver="([^"]+)"/g)].map(([, each]) => each!))) {
    const samples = join(content, 'samples', `${driver}-${number}`);
    cpSync(join(content, 'samples', driver), samples, { recursive: true });
    for (const file of readdirSync(samples, { recursive: true, encoding: 'utf8' })) {
      const comment = file.endsWith('.py') ? '#' : file.endsWith('.js') ? '//' : undefined;
      if (comment === undefined) continue;
      const path = join(samples, file);
      writeFileSync(path, `${readFileSync(path, 'utf8')}${comment} ${prose(8)}\n`);
    }
    variant = variant.replaceAll(`<Sample driver="${driver}"`, `<Sample driver="${driver}-${number}"`);
  }
  const link = previous === 'index' ? '/' : `${previous}.html#more-to-read`;
  const more = [`## Notes on ${prose(2)}`, prose(90), '## More to read', `See [the page before](${link}).`];
  writeFileSync(join(content, folder, `${id}-${number}.mdx`), `${variant}\n${more.join('\n\n')}\n`);
}

function listPages(content: string, ids: readonly string[]): void {
  const file = join(content, 'navigation.json');
  const navigation = JSON.parse(readFileSync(file, 'utf8')) as { groups: object[] };
  for (let at = 0; at < ids.length; at += GROUP)
    navigation.groups.push({
      title: `Part ${at / GROUP + 1}`,
      pages: ids.slice(at, at + GROUP).map((page) => ({ page })),
    });
  writeFileSync(file, JSON.stringify(navigation));
}
