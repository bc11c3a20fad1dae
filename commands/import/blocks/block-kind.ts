import { SQLS, UNIX_SHELLS } from '../source/languages.ts';
import { SQL_PROMPT } from '../source/prompts.ts';
import { placeholderIn } from './placeholders.ts';

/** What a block seems to be, before anything else is known about it. */
export type BlockKind = 'shell' | 'sql' | 'printed' | 'program';

const SHELLS = [...UNIX_SHELLS, 'zsh', 'cmd', 'powershell'];
const PRINTED = ['', 'text', 'plaintext', 'txt', 'none', 'output', 'plain', 'nohighlight'];
const STATEMENTS =
  'ALTER BACKUP BEGIN CANCEL COMMENT COMMIT CREATE DELETE DROP EXPLAIN GRANT INSERT RELEASE RESET REVOKE ROLLBACK ' +
  'SAVEPOINT SELECT SET SHOW TABLE TRUNCATE UPDATE UPSERT USE VALUES WITH PREPARE EXECUTE DEALLOCATE ANALYZE ' +
  'REFRESH REASSIGN IMPORT EXPORT RESTORE COPY PAUSE RESUME DECLARE FETCH CLOSE MOVE CALL DO START END ABORT DISCARD';
const SQL_WORDS = new RegExp(`^(?:>\\s*)?(?:${STATEMENTS.replaceAll(' ', '|')})\\b`, 'i');
const TABLE = /^\s*\+?-{2,}(?:\+-+)*\+?-*\s*$|^\(\d+ rows?\)$/m;
const TAGGED = 'CREATE DROP ALTER INSERT UPDATE DELETE GRANT SET BEGIN COMMIT ROLLBACK UPSERT TRUNCATE COMMENT';
/** What statements without rows answer, such as `CREATE TABLE` or `INSERT 0 1`. */
const TAGS = new RegExp(`^(?:${TAGGED.replaceAll(' ', '|')})(?: [A-Z]+| \\d+(?: \\d+)?)?$`);

/** Returns what a block seems to be by its language and its first line. `guessed` says how it was found otherwise. */
export function kindOf(language: string, text: string): { kind: BlockKind; guessed?: string } {
  const first = text.trimStart().split('\n')[0] ?? '';
  if (SHELLS.includes(language)) return isPrinted(text, first) ? printed(language) : { kind: 'shell' };
  if (SQLS.includes(language)) return isPrinted(text, first) ? printed(language) : { kind: 'sql' };
  if (!PRINTED.includes(language)) return { kind: 'program' };
  if (/^\$ \S/.test(first)) return { kind: 'shell', guessed: 'its prompt `$`' };
  if (SQL_PROMPT.test(first) && SQL_WORDS.test(first.replace(SQL_PROMPT, '')))
    return { kind: 'sql', guessed: 'its prompt and its first word' };
  if (SQL_WORDS.test(first) && /;\s*$/.test(text) && !TABLE.test(text))
    return { kind: 'sql', guessed: 'its first word and the `;` at its end' };
  if (/^cockroach (?:sql|start|demo|cert|workload|init|node)\b/.test(first))
    return { kind: 'shell', guessed: 'its first word' };
  return { kind: 'printed' };
}

/** Whether a line begins a statement, rather than being what one answers. */
export function beginsStatement(line: string): boolean {
  return SQL_WORDS.test(line) && !TAGS.test(line.trim());
}

/** Returns why a block is the form of a statement, such as `WITH <name> AS …`, and no output; undefined for others. */
export function formOf(text: string): string | undefined {
  const fillIn = TABLE.test(text) || TAGS.test(text.trim()) ? undefined : placeholderIn(text, 'sql');
  const first = text.trimStart().split('\n')[0] ?? '';
  const isForm = fillIn !== undefined && (beginsStatement(first) || /\s(?:AS|SET|ON|FROM) \(?</.test(first));
  return isForm ? `it is the form of a statement: ${fillIn}` : undefined;
}

function printed(language: string): { kind: BlockKind; guessed: string } {
  return { kind: 'printed', guessed: `its form, though the page says \`${language}\`` };
}

function isPrinted(text: string, first: string): boolean {
  if (SQL_PROMPT.test(first) || /^\$ /.test(first)) return false;
  return (TABLE.test(text) && !/;\s*$/m.test(text)) || TAGS.test(text.trim()) || /^(?:ERROR|pq): /.test(first);
}
