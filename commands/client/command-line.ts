import { parseArgs } from 'node:util';
import { faultOfArguments } from '../../shared/command-line/check.mjs';
import { COMMANDS, type Command } from '../../shared/command-line/commands.mjs';
import { Refusal } from '../refusal.ts';

/** The command line is invalid. The message is a sentence. */
export class UsageError extends Refusal {}

type Table = typeof COMMANDS;
type OptionsOf<Form extends keyof Table> = Table[Form] extends { options: infer Options } ? Options : object;
type Values<Options> = { [Name in keyof Options]?: Options[Name] extends { value: string } ? string : boolean };

/** Returns the options and the other words of a command line, by the table of commands. Throws UsageError. */
export function readCommandLine<Form extends keyof Table>(
  form: Form,
  args: readonly string[],
): { values: Values<OptionsOf<Form>>; words: string[] } {
  const [script = form] = form.split(' ');
  const fault = faultOfArguments(script, args, {});
  if (fault !== undefined) throw new UsageError(fault);
  const command: Command = COMMANDS[form];
  const options = Object.fromEntries(
    Object.entries(command.options ?? {}).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  return { values: values as Values<OptionsOf<Form>>, words: positionals };
}
