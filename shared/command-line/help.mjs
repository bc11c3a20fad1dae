// @ts-check
import { COMMANDS } from './commands.mjs';

/** @typedef {import('./commands.mjs').Command} Command */

/** @type {Record<string, Command>} */
const table = COMMANDS;

/**
 * Returns the name in COMMANDS of an npm script as it was called: `verify --against` with that option.
 * @param {string} script
 * @param {readonly string[]} args
 */
export function formOf(script, args) {
  const forms = Object.keys(table).filter((name) => name.startsWith(`${script} `));
  const isCalled = (/** @type {string} */ word) =>
    word.startsWith('--') ? args.some((arg) => arg.split('=')[0] === word) : args[0] === word;
  return forms.find((name) => isCalled(name.slice(script.length + 1))) ?? script;
}

/**
 * Whether help is asked for; not where it is asked of another program, as in `npm run cluster -- sql --help`.
 * @param {string} script
 * @param {readonly string[]} args
 */
export function isHelpWanted(script, args) {
  return (
    !table[formOf(script, args)]?.passesTo?.startsWith('cockroach') && args.some((arg) => /^(--help|-h)$/.test(arg))
  );
}

/**
 * Returns the help of an npm script: what it does, what it takes, and examples.
 * @param {string} script
 */
export function helpOf(script) {
  const forms = Object.keys(table).filter((name) => name === script || name.startsWith(`${script} `));
  return [...forms.map(helpOfForm), 'Settings of the server are environment variables: see README.md.'].join('\n\n');
}

/** @param {string} form */
function helpOfForm(form) {
  const { about, takes, details, options = {}, passesTo, examples } = table[form] ?? { about: '', examples: [] };
  const rows = Object.entries(options).map(([name, option]) => [
    `--${name}${option.value === undefined ? '' : ` ${option.value}`}`,
    option.about,
  ]);
  return [
    `${usageOf(form, takes)}: ${about}.`,
    ...(details === undefined ? [] : [details]),
    ...columns(rows),
    ...(passesTo === undefined ? [] : [`Other options go to \`${passesTo}\`.`]),
    'Examples:',
    ...columns(examples),
  ].join('\n');
}

/**
 * @param {string} form
 * @param {string} [takes]
 */
function usageOf(form, takes) {
  const [script = '', ...words] = form.split(' ');
  const { options = {} } = table[form] ?? {};
  const rest = [...words, takes, Object.keys(options).length > 0 ? '[OPTION…]' : undefined].filter(Boolean);
  return [commandOf(script), ...(rest.length > 0 ? ['--', ...rest] : [])].join(' ');
}

/**
 * Returns how an npm script is called: `npm start`, `npm run verify`.
 * @param {string} script
 */
export function commandOf(script) {
  return script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`;
}

/**
 * Returns lines with the second column aligned.
 * @param {readonly (readonly string[])[]} rows
 */
function columns(rows) {
  const width = Math.max(0, ...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`.trimEnd());
}
