import { FENCE_LANGUAGES } from '../fence-languages.ts';
import { FENCE_FORMS, type FenceForm, type FencePart } from '../fence-table.ts';
import { code, shown } from './passages.ts';

/** Returns what fences can be: each form, with its words and options, and an example of each. */
export function fencesText(): string {
  return FENCE_FORMS.map((form) =>
    [`### ${headingOf(form)}\n`, `${form.about}\n`, shown(form.example), ...form.parts.map(partText)].join('\n'),
  ).join('\n');
}

/** Returns the languages of fences, with the other words for each. */
export function languagesText(): string {
  const all = FENCE_LANGUAGES.map(({ name, also = [], label }) => `${label}: ${[name, ...also].map(code).join(', ')}`);
  return all.map((line) => `- ${line}\n`).join('');
}

function headingOf({ languages, word, option }: FenceForm): string {
  const [language = ''] = languages;
  const called = languages.length > 1 ? 'LANGUAGE' : language;
  return code([called, word, option === undefined ? undefined : `${option}=…`].filter(Boolean).join(' '));
}

function partText({ name, value, about, example }: FencePart): string {
  return `**${code(value === undefined ? name : `${name}=${value}`)}**: ${about}\n\n${shown(example)}`;
}
