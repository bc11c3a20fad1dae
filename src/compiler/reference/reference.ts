import { commandsText } from './commands.ts';
import { componentsText } from './components.ts';
import { effectsText } from './effects.ts';
import { capturesText } from './expectations.ts';
import { fencesText, languagesText } from './fences.ts';
import { frontmatterText, navigationText } from './keys.ts';
import { limitsText } from './limits.ts';

/** Lists for authors, made from the tables that the program itself uses: what a list is of, and its text in MDX. */
export const REFERENCES: Readonly<Record<string, () => string>> = {
  captures: capturesText,
  commands: commandsText,
  components: componentsText,
  effects: effectsText,
  fences: fencesText,
  frontmatter: frontmatterText,
  languages: languagesText,
  limits: limitsText,
  navigation: navigationText,
};
