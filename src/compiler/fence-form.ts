import type { SourcePlace } from '../../shared/step.ts';
import type { Meta } from './fence-meta.ts';
import { formsOf, type FenceForm, type FencePart } from './fence-table.ts';
import { wrongValue } from './fence-values.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';

/** Returns what a fence is, and a mistake for each word, option and value that it may not have or that it lacks. */
export function formOf(language: string, meta: Meta, place: SourcePlace): { form: FenceForm; mistakes: Mistake[] } {
  const forms = formsOf(language);
  const chosen = forms.filter(({ word, option }) => meta.words.includes(word!) || meta.options.has(option!));
  const form = chosen[0] ?? forms.at(-1)!;
  if (chosen.length > 1)
    return { form, mistakes: [{ ...place, found: chosen.map(nameOf).join(' with '), expected: 'one of the two' }] };
  const mistakes = [...unknownParts(language, forms, form, meta, place), ...wrongValues(form, meta, place)];
  return { form, mistakes: mistakes.length > 0 ? mistakes : wrongTogether(form, meta, place) };
}

const wordsOf = ({ word, parts }: FenceForm): string[] => [
  ...(word === undefined ? [] : [word]),
  ...parts.filter(({ value }) => value === undefined).map(({ name }) => name),
];
const optionsOf = ({ parts }: FenceForm): FencePart[] => parts.filter(({ value }) => value !== undefined);
const nameOf = ({ word, option }: FenceForm): string => `\`${word ?? `${option}=`}\``;

function unknownParts(
  language: string,
  forms: readonly FenceForm[],
  form: FenceForm,
  { words, options }: Meta,
  place: SourcePlace,
): Mistake[] {
  // Without the word that says what the fence is, that may be the misspelt one.
  const possible = form.is === 'code' ? forms : [form];
  const where = `in a \`${language}\` fence`;
  const knownWords = [...new Set(possible.flatMap(wordsOf))];
  const knownOptions = [...new Set(possible.flatMap(optionsOf).map(({ name }) => name))];
  const unknown = [
    ...words
      .filter((word) => !knownWords.includes(word))
      .map((word) =>
        word === 'run'
          ? {
              ...place,
              found: `the word \`run\` ${where}`,
              expected: '`file=PATH`, and a `shell run` fence that runs it',
            }
          : unknownWord(place, 'the word', word, knownWords, where),
      ),
    ...[...options.keys()]
      .filter((name) => !knownOptions.includes(name))
      .map((name) => unknownWord(place, 'the option', name, knownOptions, where)),
  ];
  if (form.is !== 'code' || unknown.some(({ meant }) => forms.some(({ word }) => word !== undefined && word === meant)))
    return unknown;
  return [...unknown, ...aloneParts(forms, form, { words, options }, place)];
}

/** Returns a mistake for each part that needs a word which the fence lacks, such as `background` without `run`. */
function aloneParts(
  forms: readonly FenceForm[],
  form: FenceForm,
  { words, options }: Meta,
  place: SourcePlace,
): Mistake[] {
  return forms
    .filter(({ word }) => word !== undefined)
    .flatMap(({ word, parts }) =>
      parts
        .filter(({ name, value }) => (value === undefined ? words.includes(name) : options.has(name)))
        .filter(({ name, value }) => value === undefined || !optionsOf(form).some((part) => part.name === name))
        .map(({ name, value }) => ({
          ...place,
          found: `\`${name}${value === undefined ? '' : '='}\` alone`,
          expected: `\`${word} ${name}${value === undefined ? '' : `=${value}`}\``,
        })),
    );
}

function wrongValues(form: FenceForm, { options }: Meta, place: SourcePlace): Mistake[] {
  return optionsOf(form).flatMap((part) => {
    const value = options.get(part.name);
    return value === undefined ? [] : (wrongValue(part, value, place) ?? []);
  });
}

/** Returns the mistakes of parts that are right each, but not together. */
function wrongTogether({ is }: FenceForm, { words, options }: Meta, place: SourcePlace): Mistake[] {
  const fails = words.includes('fails') || options.has('fails');
  const rules: [isWrong: boolean, found: string, expected: string][] = [
    [
      is === 'sql' && !options.has('user') && ![...options.keys()].some((name) => nearest(name, ['user'])),
      '`sql run` without a user',
      '`user=root` or another user',
    ],
    [words.includes('fails') && options.has('fails'), '`fails` with `fails=`', 'one of the two'],
    [
      words.includes('background') && fails,
      '`background` with `fails`',
      'one of the two, because a step in the background has not ended when it is done',
    ],
    [
      words.includes('waits') && fails,
      '`waits` with `fails`',
      '`fails` on the session’s next step if the late answer is an error',
    ],
    [
      words.includes('waits') && !options.has('session'),
      '`waits` without a session',
      '`session=NAME`, because the answer is printed by the next step of that session',
    ],
  ];
  return rules.flatMap(([isWrong, found, expected]) => (isWrong ? [{ ...place, found, expected }] : []));
}
