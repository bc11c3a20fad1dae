import { EFFECTS_FUNCTIONS } from '../../../shared/effects-functions.ts';
import { code, shown } from './passages.ts';

/** Returns what the effects of a page can use, with an example of each. */
export function effectsText(): string {
  return Object.entries(EFFECTS_FUNCTIONS)
    .map(([name, { about, example }]) => `**${code(name)}**: ${about}\n\n${shown(example, 'typescript')}`)
    .join('\n');
}
