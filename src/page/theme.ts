import { rememberChoice } from './choices.ts';
import { nextTheme, readTheme, themeWords, type Theme } from './theme-choice.ts';

const root = document.documentElement;
const button = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

const chosen = (): Theme => readTheme(root.dataset['theme']);

function show(theme: Theme): void {
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  name();
}

function name(): void {
  const words = themeWords(chosen(), systemDark.matches);
  button?.setAttribute('aria-label', words.name);
  if (button) button.title = `${words.name}. ${words.hint}.`;
}

button?.addEventListener('click', () => {
  const theme = nextTheme(chosen(), systemDark.matches);
  show(theme);
  rememberChoice('theme', theme);
  const status = document.querySelector('[data-status]');
  if (status) status.textContent = `${themeWords(theme, systemDark.matches).name}.`;
});
// The colours follow the system by themselves, but the next press then does something else.
systemDark.addEventListener('change', name);
addEventListener('storage', ({ key, newValue }) => {
  if (key === 'theme' || key === null) show(readTheme(newValue));
});
name();
