import { parseArgs } from 'node:util';
import { helpOf } from '../../shared/command-line/help.mjs';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { Refusal } from '../refusal.ts';
import type { Starter } from './starter.ts';
import { STARTERS } from './starters.ts';

/** A page to make. */
export interface WantedPage {
  /** The name of its file, and so its address; `npm run verify` calls it so, too. */
  name: string;
  title: string | undefined;
  /** The heading in the sidebar below which it is listed; undefined for the usual one. */
  group: string | undefined;
  /** The program that a tutorial begins with; undefined for a page that is no tutorial. */
  starter: Starter | undefined;
}

const OPTIONS = {
  title: { type: 'string' },
  group: { type: 'string' },
  language: { type: 'string' },
  driver: { type: 'string' },
} as const;

const languages = [...new Set(STARTERS.map(({ language }) => language.name))];

const KINDS = ['tutorial', 'page'];
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Parses the command line of `npm run new`. Throws Refusal with what was expected. */
export function readArguments(args: string[]): WantedPage {
  const { values, positionals } = parsed(args);
  const [kind, name, ...rest] = positionals;
  if (kind === undefined || name === undefined)
    throw new Refusal(`Say what to make, and what to call it.\n${helpOf('new')}`);
  if (!KINDS.includes(kind))
    throw new Refusal(`"${kind}" cannot be made: choose tutorial or page.${meant(kind, KINDS)}`);
  if (rest.length > 0) throw new Refusal(`Only one page is made at a time: "${rest.join(' ')}" is left over.`);
  if (!NAME.test(name))
    throw new Refusal(`"${name}" cannot be an address: use small letters, digits and single hyphens, as in "my-page".`);
  for (const [option, value] of Object.entries(values))
    if (value === '' || /[\n\r]/.test(String(value))) throw new Refusal(`--${option} needs one line of text.`);
  const { title, group } = values;
  return { name, title, group, starter: kind === 'tutorial' ? starterOf(values) : withoutStarter(values) };
}

function starterOf({ language, driver }: { language?: string; driver?: string }): Starter {
  if (language !== undefined && !languages.includes(language))
    throw new Refusal(
      `There is no language ${language}: choose ${languages.join(' or ')}.${meant(language, languages)}`,
    );
  const all = STARTERS.filter((each) => language === undefined || each.language.name === language);
  const drivers = all.map((each) => each.driver);
  const starter = driver === undefined ? all[0] : all.find((each) => isCalled(each, driver.toLowerCase()));
  if (!starter)
    throw new Refusal(
      `No program to begin with uses ${driver}${language === undefined ? '' : ` in ${language}`}: choose ` +
        `${drivers.join(', ')}, then write your own in its place.${meant(driver ?? '', drivers)}`,
    );
  return starter;
}

function isCalled({ driver, called = driver }: Starter, name: string): boolean {
  return driver === name || called.toLowerCase() === name;
}

function withoutStarter({ language, driver }: { language?: string; driver?: string }): undefined {
  if (language !== undefined || driver !== undefined)
    throw new Refusal('Only a tutorial has a language and a driver: type "npm run new -- tutorial NAME".');
}

function meant(word: string, words: string[]): string {
  const hint = nearest(word, words);
  return hint === undefined || hint === word ? '' : ` Did you mean "${hint}"?`;
}

function parsed(args: string[]): ReturnType<typeof parseArgs<{ allowPositionals: true; options: typeof OPTIONS }>> {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS });
  } catch (cause) {
    throw new Refusal(`${cause instanceof Error ? cause.message : String(cause)}\n${helpOf('new')}`);
  }
}
