import { COMPONENTS, type Component } from '../components.ts';
import { code, shown } from './passages.ts';

/** Returns the components of content, with their attributes, and an example of each. */
export function componentsText(): string {
  return COMPONENTS.map((component: Component) =>
    [
      `### ${code(`<${component.name}>`)}\n`,
      `${component.about}\n`,
      component.attributes
        .map(({ name, about, isRequired }) => `- ${code(name)}${isRequired ? ' (required)' : ''}: ${about}\n`)
        .join(''),
      shown(component.example),
    ].join('\n'),
  ).join('\n');
}
