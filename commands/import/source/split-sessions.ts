import type { Code, Nodes, Parent, Root } from 'mdast';
import { readShellText } from '../../../src/compiler/shell-text.ts';
import { opensSqlShell } from '../../../src/compiler/sql-shells.ts';
import { SQLS, UNIX_SHELLS } from './languages.ts';
import { PSQL_PROMPT, SHELL_PROMPT, SQL_PROMPT } from './prompts.ts';
import type { FenceMarks } from './fence-marks.ts';

/** What SQL shells say when they open. */
const WELCOME = /^(?:#|psql \(|Type "help"|SSL connection|$)/;

const CONSOLES = ['', 'text', ...UNIX_SHELLS];
const STATEMENTS = ['', 'text', ...SQLS];

/** A part of a block: commands, statements, or what they print. */
interface Part {
  language: 'shell' | 'sql' | '';
  lines: string[];
  /** Where it begins in the block, counted from 0. */
  at: number;
}

/**
 * Splits blocks that show what somebody typed and what was printed in turn, such as
 * `$ first`, its output, `$ second`, its output, into a block for each. Blocks with commands above all output stay.
 */
export function splitSessions(tree: Root, marks: FenceMarks): void {
  const walk = (parent: Parent): void => {
    parent.children = (parent.children as Nodes[]).flatMap((child): Nodes[] => {
      if (child.type === 'code') return partsOf(child, marks);
      if ('children' in child) walk(child);
      return [child];
    }) as never;
  };
  walk(tree);
}

function partsOf(node: Code, marks: FenceMarks): Code[] {
  const { language } = marks.read(node.lang ?? '');
  const lines = node.value.split('\n');
  const isSql = STATEMENTS.includes(language) && lines.some((line) => PSQL_PROMPT.test(line));
  const isConsole = CONSOLES.includes(language) && lines.some((line) => SHELL_PROMPT.test(line));
  if (!isSql && !isConsole) return [node];
  const { parts, welcomed } = partsIn(lines, isConsole ? 'shell' : 'sql');
  const typed = parts.filter((part) => part.language !== '');
  const alternates = parts.some((part, index) => part.language === '' && index < parts.length - 1);
  // One shell's commands may ask what the command above them did.
  if (typed.length === 0 || node.value.includes('$?')) return [node];
  if (!alternates && typed.length === 1 && !isSql && !welcomed) return [node];
  return parts.map((part, index) => ({
    ...node,
    lang: marks.part(node.lang ?? '', part.language, part.at, index > 0),
    value: part.lines.join('\n'),
  }));
}

function partsIn(lines: readonly string[], first: 'shell' | 'sql'): { parts: Part[]; welcomed: boolean } {
  const parts: Part[] = [];
  let welcomed = false;
  let shell: 'shell' | 'sql' = first;
  let isOpen = false;
  const add = (language: Part['language'], line: string, at: number, joins: boolean): void => {
    const last = parts.at(-1);
    if (last && joins && last.language === language) last.lines.push(line);
    else parts.push({ language, lines: [line], at });
  };
  for (const [at, line] of lines.entries()) {
    const command = SHELL_PROMPT.exec(line)?.[0];
    const psql = shell === 'sql' ? PSQL_PROMPT.exec(line) : null;
    const statement = shell === 'sql' ? (psql?.[0] ?? promptOf(line)) : undefined;
    if (command !== undefined && (!isOpen || shell === 'sql')) {
      shell = 'shell';
      // A command that opens a shell of its own is a step of its own.
      add('shell', `$ ${line.slice(command.length)}`, at, !opensShell(line.slice(command.length)));
    } else if (statement !== undefined) {
      const code = line.slice(statement.length);
      if (code.trim() === '') continue;
      const goesOn = isOpen && (psql === null || psql[1] !== '=');
      const isMeta = code.trimStart().startsWith('\\') || isMetaPart(parts.at(-1));
      add('sql', goesOn ? code : `> ${code}`, at, goesOn || !isMeta);
    } else if (isOpen) add(shell, line.replace(/^\s*-> ?/, ''), at, true);
    else if (parts.at(-1)?.language === '' || line.trim() !== '') {
      const opened = parts.at(-1)?.language === 'shell' && shell === 'sql';
      if (opened && WELCOME.test(line)) {
        welcomed = true;
        continue;
      }
      add('', line, at, true);
    }
    const last = parts.at(-1);
    if (!last || last.language === '') continue;
    const text = last.lines.join('\n');
    isOpen = shell === 'shell' ? readShellText(text.replace(/^\$ /gm, '')).isOpen : goesOnBelow(text);
    if (shell === 'shell' && !isOpen && opensShell(text.replace(/^\$ /, ''))) shell = 'sql';
  }
  for (const part of parts) while (part.lines.length > 1 && part.lines.at(-1)!.trim() === '') part.lines.pop();
  return { parts: parts.filter(({ lines: own }) => own.join('').trim() !== ''), welcomed };
}

function opensShell(command: string): boolean {
  return opensSqlShell(command) || /^psql(?: [\w-]+)*$/.test(command);
}

function promptOf(line: string): string | undefined {
  const indent = line.length - line.trimStart().length;
  const prompt = SQL_PROMPT.exec(line.trimStart())?.[0];
  return prompt === undefined ? undefined : line.slice(0, indent) + prompt;
}

function isMetaPart(part: Part | undefined): boolean {
  return part?.language === 'sql' && part.lines.some((line) => line.startsWith('> \\'));
}

/** Whether a statement goes on in the next line. */
function goesOnBelow(text: string): boolean {
  const last = text.split('\n').findLast((line) => line.trim() !== '' && !line.trim().startsWith('--')) ?? '';
  return !/;\s*(?:--.*)?$/.test(last) && !last.startsWith('> \\');
}
