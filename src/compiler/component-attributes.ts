import type { SourcePlace } from '../../shared/step.ts';
import { COMPONENTS, type Component } from './components.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import type { TreeNode } from './tree.ts';

/** Returns the mistakes in the attributes of a component; none for elements of HTML. */
export function attributeMistakes({ name, attributes = [] }: TreeNode, place: SourcePlace): Mistake[] {
  const component: Component | undefined = COMPONENTS.find((each) => each.name === name);
  if (!component) return [];
  const allowed = component.attributes.map((each) => each.name);
  const seen = new Set<string>();
  const mistakes = attributes.flatMap(({ name: attribute, value }): Mistake[] => {
    if (attribute === undefined)
      return [{ ...place, found: `\`{…}\` in \`<${name}>\``, expected: 'attributes such as `name="value"`' }];
    const isTwice = seen.has(attribute);
    seen.add(attribute);
    if (!allowed.includes(attribute))
      return [unknownWord(place, 'the attribute', attribute, allowed, `in \`<${name}>\``)];
    if (isTwice) return [{ ...place, found: `\`${attribute}\` twice in \`<${name}>\``, expected: 'it once' }];
    if (typeof value !== 'string' || value === '') {
      const written = value === null ? attribute : value === '' ? `${attribute}=""` : `${attribute}={…}`;
      return [{ ...place, found: `\`${written}\` in \`<${name}>\``, expected: `\`${attribute}="…"\`` }];
    }
    return [];
  });
  const meant = new Set(mistakes.map((mistake) => mistake.meant));
  const missing = component.attributes.filter(
    (each) => each.isRequired === true && !seen.has(each.name) && !meant.has(each.name),
  );
  return [
    ...mistakes,
    ...missing.map((each) => ({
      ...place,
      found: `\`<${name}>\` without \`${each.name}\``,
      expected: `\`<${name} ${each.name}="…">\``,
    })),
  ];
}
