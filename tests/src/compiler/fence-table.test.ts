import { describe, expect, test } from 'vitest';
import { COMPONENTS } from '../../../src/compiler/components.ts';
import { FENCE_LANGUAGES, languageNamed } from '../../../src/compiler/fence-languages.ts';
import { FENCE_FORMS, type FencePart } from '../../../src/compiler/fence-table.ts';
import { fault } from './fault.ts';

const parts = FENCE_FORMS.flatMap((form) => form.parts.map((part) => ({ form, part })));
/** Returns how a part is written, such as `fails` or `fails=`. */
const written = ({ name, value }: FencePart): string => (value === undefined ? name : `${name}=`);

describe('the table of fences', () => {
  test.each(FENCE_FORMS)('has an example of $is that compiles alone', ({ about, example, languages, word }) => {
    expect(fault(example)).toBeUndefined();
    expect(about).toMatch(/^\p{Lu}.*\.$/su);
    const infos = [...example.matchAll(/^```(.+)$/gm)].map(([, info]) => info!.split(' '));
    expect(infos.some(([language, first]) => languages.includes(language!) && (!word || first === word))).toBe(true);
  });

  test.each(parts.map(({ form, part }) => ({ name: `${form.is}: ${written(part)}`, form, part })))(
    'has an example of $name that uses it and compiles alone',
    ({ form, part }) => {
      expect(fault(part.example)).toBeUndefined();
      expect(part.about).toMatch(/^\p{Lu}.*\.$/su);
      const infos = [...part.example.matchAll(/^```(.+)$/gm)].map(([, info]) => info!);
      const using = infos.filter((info) =>
        info
          .split(' ')
          .some((word) => (part.value === undefined ? word === part.name : word.startsWith(written(part)))),
      );
      expect(using.every((info) => form.languages.includes(info.split(' ')[0]!))).toBe(true);
      expect(using.length).toBeGreaterThan(0);
    },
  );

  test.each(FENCE_LANGUAGES)('names $name and its other words once', ({ name, also = [], label }) => {
    for (const word of [name, ...also]) {
      expect(languageNamed(word)?.name).toBe(name);
      expect(fault(`\`\`\`${word}\nx\n\`\`\`\n`)).toBeUndefined();
    }
    expect(FENCE_LANGUAGES.filter((each) => each.label === label)).toHaveLength(1);
  });
});

describe('the table of components', () => {
  test.each(COMPONENTS)(
    'has an example of $name with all the attributes that it needs',
    ({ name, example, attributes }) => {
      expect(example).toContain(`<${name}`);
      for (const attribute of attributes)
        if ('isRequired' in attribute) expect(example).toContain(`${attribute.name}="`);
    },
  );
});
