import { LANGUAGES } from './all.ts';
import type { Installed, Language, LanguageParts } from './language.ts';

/** What set-up found of each language, by name: where it is installed, or a sentence that says why it is missing. */
export type FoundLanguages = Readonly<Record<string, Installed | { missing: string }>>;

/** Returns a sentence for the operator for each missing language. */
export function missingLanguages(found: FoundLanguages): string[] {
  return Object.values(found).flatMap((language) => ('missing' in language ? [language.missing] : []));
}

/** Returns what sandboxes need for the installed languages; undefined when none is installed. */
export function partsOfLanguages(found: FoundLanguages): LanguageParts | undefined {
  const parts = LANGUAGES.flatMap((language) => {
    const installed = installedIn(found, language);
    return installed ? [language.inSandbox(installed)] : [];
  });
  if (parts.length === 0) return undefined;
  const absent = LANGUAGES.filter((language) => !installedIn(found, language)).flatMap(({ commands, label }) =>
    commands.map((command) => [command, label] as const),
  );
  return {
    absent: Object.fromEntries(absent),
    mounts: parts.flatMap(({ mounts }) => mounts),
    env: Object.assign({}, ...parts.map(({ env }) => env)) as Record<string, string>,
    commands: Object.assign({}, ...parts.map(({ commands }) => commands)) as Record<string, string>,
  };
}

function installedIn(found: FoundLanguages, { name }: Language): Installed | undefined {
  const language = found[name];
  return language && !('missing' in language) ? language : undefined;
}
