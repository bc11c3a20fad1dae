import { placeholderIn } from './placeholders.ts';
import { stripPrompts } from '../../../src/compiler/fence-prompts.ts';
import { opensSqlShell } from '../../../src/compiler/sql-shells.ts';
import { SQL_PROMPT } from '../source/prompts.ts';
import { beginsStatement } from './block-kind.ts';

/** A SQL block as steps need it. */
export interface SqlBlock {
  /** Its statements, with prompts if `prompts`. */
  text: string;
  prompts: boolean;
  /** What it prints, when the page shows statements and output in one block. */
  printed: string | undefined;
  notes: string[];
  /** Why it cannot be run. */
  unfit: string | undefined;
}

/** Reads a SQL block with or without prompts. */
export function readSqlBlock(source: string): SqlBlock {
  const notes: string[] = [];
  const lines = source
    .replace(/\s+$/, '')
    .replace(/^\n+/, '')
    .split('\n')
    .map((line) => line.trimEnd());
  const prompted = lines.some((line) => SQL_PROMPT.test(line.trimStart()));
  const statements: string[] = [];
  const printed: string[] = [];
  let open = false;
  let inBody = false;
  for (const line of lines) {
    const prompt = SQL_PROMPT.exec(line.trimStart())?.[0];
    // Many pages show the prompt only before the first statement, or none and yet an answer.
    const begun = prompted || statements.length > 0;
    const isStatement = prompt !== undefined || open || beginsStatement(line) || !begun || !isAnswer(line, prompted);
    if (!isStatement) {
      printed.push(line);
      continue;
    }
    const code = prompt === undefined ? line.replace(/^\s*-> ?/, '') : line.trimStart().slice(prompt.length);
    statements.push(prompt === undefined ? code : `> ${code}`);
    // A `;` in the body of a function ends no statement.
    if ((code.match(/\$\w*\$/g) ?? []).length % 2 === 1) inBody = !inBody;
    const ends = /;\s*(?:--.*)?$/.test(code) || code.startsWith('\\');
    open = inBody || (!ends && (code.trim() !== '' || open));
  }
  while (statements.at(-1)?.trim() === '' || statements.at(-1) === '> ') statements.pop();
  if (printed.some((line) => line.trim() !== ''))
    notes.push('the lines below its statements became its expected output');
  let text = statements.map((line) => line.replace(/\s*\\$/, '')).join('\n');
  const code = text.replace(/^> /gm, '');
  const unfit =
    (code.trim() === '' ? 'it is empty' : undefined) ??
    (/^\s*\\/m.test(code) || /^(?:quit|exit);?$/im.test(code)
      ? 'commands of the SQL shell are not steps'
      : undefined) ??
    placeholderIn(code, 'sql');
  if (unfit === undefined && !/;\s*(?:--.*)?$/.test(text)) {
    text += ';';
    notes.push('it got the `;` that it lacked');
  }
  // A comment after the last `;` would hide the end of the statement from the compiler.
  text = text.replace(/;[ \t]*--[^\n]*$/, ';');
  // Without prompts, empty lines and comments cannot be taken for output.
  const prompts = prompted && stripPrompts(text, 'sql').strayLines === undefined;
  return { text, prompts, printed: printed.join('\n').trim() || undefined, notes, unfit };
}

/** Whether a line outside of statements is printed, not a remark or part of one without its `;`. */
function isAnswer(line: string, prompted: boolean): boolean {
  return prompted || (line.trim() !== '' && !/^\s*(?:--|\/\*|\\|\()/.test(line) && !line.trimEnd().endsWith(';'));
}

/** What a `cockroach sql` command connects as. */
export interface ShellOpening {
  user: string;
  database: string | undefined;
}

/** Returns what a command that opens a SQL shell connects as; undefined for other commands. */
export function openingOf(command: string): ShellOpening | undefined {
  if (!opensSqlShell(command)) return undefined;
  const url = /postgres(?:ql)?:\/\/(?:([\w-]+)(?::[^@\s]*)?@)?[^/\s'"]*(?:\/(\w+))?/.exec(command);
  const flag = (names: string): string | undefined =>
    new RegExp(`\\s(?:${names})[= ]['"]?([\\w-]+)`).exec(command)?.[1];
  return { user: flag('--user|-u') ?? url?.[1] ?? 'root', database: flag('--database|-d') ?? url?.[2] };
}
