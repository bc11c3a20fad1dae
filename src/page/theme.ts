import { remember } from './storage.ts';

const root = document.documentElement;

function isDark(): boolean {
  return root.dataset['theme'] ? root.dataset['theme'] === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

document.querySelector('[data-theme-toggle]')?.addEventListener('click', () => {
  root.dataset['theme'] = isDark() ? 'light' : 'dark';
  remember('theme', root.dataset['theme']);
});

addEventListener('storage', ({ key, newValue }) => {
  if (key === 'theme' && newValue) root.dataset['theme'] = newValue;
});
