import { COMMANDS, type Command } from '../../../shared/command-line/commands.mjs';
import { commandOf } from '../../../shared/command-line/help.mjs';
import { code, shown } from './passages.ts';

/** Returns the npm scripts, with their options and examples. */
export function commandsText(): string {
  return Object.entries<Command>(COMMANDS).map(commandText).join('\n');
}

function commandText([form, { about, takes, details, options = {}, passesTo, examples }]: [string, Command]): string {
  const [script = '', ...words] = form.split(' ');
  const rest = [...words, takes].filter(Boolean);
  const called = [commandOf(script), ...(rest.length > 0 ? ['--', ...rest] : [])].join(' ');
  const further = details === undefined ? '' : ` ${details}`;
  const passed = passesTo === undefined ? '' : ` Other options go to ${code(passesTo)}.`;
  const lines = Object.entries(options).map(
    ([name, option]) =>
      `- ${code(`--${name}${option.value === undefined ? '' : ` ${option.value}`}`)}: ${option.about}\n`,
  );
  const tried = examples.map(([line, what]) => (what === '' ? line : `# ${what}\n${line}`)).join('\n');
  return `### ${code(called)}\n\nIt ${about}.${further}${passed}\n\n${lines.join('')}\n${shown(tried, 'shell')}`;
}
