// @ts-check
import { COMMANDS } from './commands.mjs';
import { commandOf, formOf } from './help.mjs';
import { nearest } from './nearest.mjs';

/** @typedef {import('./commands.mjs').Command} Command */

/** @type {Record<string, Command>} */
const table = COMMANDS;

/** What npm makes of options that are the beginning of its own ones. */
const EXPANDED = { update: 'update_notifier', to: 'token_description' };

/**
 * Returns what is wrong with the arguments of an npm script, as a sentence; undefined when nothing is, as far as can be
 * seen without the pages. `env` is the environment, in which npm leaves the options that it took for its own.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | undefined}
 */
export function faultOfArguments(script, args, env) {
  const taken = takenByNpm(script, env);
  if (taken.length > 0) return `${sentenceAbout(taken)} Type: ${commandOf(script)} -- ${restored(args, taken)}`;
  const form = formOf(script, args);
  const command = table[form];
  if (!command || command.passesTo !== undefined) return undefined;
  const others = Object.keys(table).flatMap((name) => name.match(`^${form} --(.*)`)?.[1] ?? []);
  return faultOf(commandOf(script), command, args, others);
}

/**
 * Returns the options of a script that npm took for its own.
 * @param {string} script
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {[name: string, option: import('./commands.mjs').Option][]}
 */
function takenByNpm(script, env) {
  const forms = Object.keys(table).filter((name) => name === script || name.startsWith(`${script} `));
  const options = Object.assign({}, ...forms.map((form) => table[form]?.options));
  return Object.entries(options).filter(([name]) => {
    const expanded = Object.entries(EXPANDED).find(([beginning]) => beginning === name)?.[1];
    return (
      env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined ||
      (expanded !== undefined && Boolean(env[`npm_config_${expanded}`]))
    );
  });
}

/** @param {[name: string, option: unknown][]} taken */
function sentenceAbout(taken) {
  const flags = taken.map(([name]) => `--${name}`).join(' and ');
  return `npm took ${flags} for itself, because no "--" stands before ${taken.length > 1 ? 'them' : 'it'}.`;
}

/**
 * Returns the arguments as they were probably meant. The value of an option is among the other arguments, and nobody
 * knows which it is, unless it is the only one of the option's choices.
 * @param {readonly string[]} args
 * @param {[name: string, option: import('./commands.mjs').Option][]} taken
 */
function restored(args, taken) {
  const rest = [...args];
  let isSure = true;
  const flags = taken.map(([name, { value }]) => {
    if (value === undefined) return `--${name}`;
    const choices = value.split('|');
    const [given, ...more] = choices.length > 1 ? rest.filter((arg) => choices.includes(arg)) : [];
    if (given !== undefined && more.length === 0) return `--${name} ${rest.splice(rest.indexOf(given), 1).join('')}`;
    isSure = false;
    return `--${name} ${value}`;
  });
  return [...(isSure ? rest : []), ...flags, ...(isSure ? [] : ['…'])].join(' ');
}

/**
 * @param {string} called
 * @param {Command} command
 * @param {readonly string[]} args
 * @param {string[]} others Options that would make it another form.
 * @returns {string | undefined}
 */
function faultOf(called, { takes, options = {} }, args, others) {
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined && arg !== '--'; arg = rest.shift()) {
    if (!arg.startsWith('-')) {
      if (takes === undefined) return `\`${called}\` takes no word such as "${arg}": see \`${called} -- --help\`.`;
      continue;
    }
    const [flag = '', value] = arg.split('=', 2);
    const option = flag.startsWith('--') ? options[flag.slice(2)] : undefined;
    if (!option) return unknown(called, flag, [...Object.keys(options), ...others]);
    if (option.value === undefined && value !== undefined) return `${flag} takes no value, and ${arg} gives it one.`;
    if (option.value === undefined || value !== undefined) continue;
    const next = rest.shift();
    if (next === undefined || next.startsWith('-')) return `${flag} needs a value: ${flag} ${option.value}`;
  }
  return undefined;
}

/**
 * @param {string} called
 * @param {string} flag
 * @param {string[]} names
 */
function unknown(called, flag, names) {
  const every = [...names, 'help'];
  const meant = nearest(flag.replace(/^-+/, ''), every);
  const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
  const all = every.map((name) => `--${name}`).join(', ');
  return `\`${called}\` has no option ${flag}.${hint} It has: ${all}.`;
}
