import { LANGUAGES } from './all.ts';
import type { Installed, SandboxParts } from './language.ts';

/** What set-up found of each language, by name: where it is, or the sentence that says why it is missing. */
export type FoundLanguages = Readonly<Record<string, Installed | { missing: string }>>;

/** For the operator, a sentence for each language that is missing. */
export function missingLanguages(found: FoundLanguages): string[] {
  return Object.values(found).flatMap((language) => ('missing' in language ? [language.missing] : []));
}

/** What sandboxes have of the languages that are installed; undefined when there is none. */
export function partsOfLanguages(found: FoundLanguages): SandboxParts | undefined {
  const parts = LANGUAGES.flatMap((language) => {
    const installed = found[language.name];
    return installed && !('missing' in installed) ? [language.inSandbox(installed)] : [];
  });
  if (parts.length === 0) return undefined;
  return {
    mounts: parts.flatMap(({ mounts }) => mounts),
    env: Object.assign({}, ...parts.map(({ env }) => env)) as Record<string, string>,
    commands: Object.assign({}, ...parts.map(({ commands }) => commands)) as Record<string, string>,
  };
}
