import { LANGUAGES } from '../../languages/all.ts';
import type { Mode } from '../../shared/protocol.ts';
import { mayFail } from '../../shared/step-end.ts';
import { textOf } from '../../shared/step.ts';
import { groupEntries, hasDone, type Done, type Group, type Sql } from './groups.ts';
import type { Journal } from '../runner/cluster/journal.ts';
import { commandLines, ended, fileLines, heredoc, oneLine, quoted } from './shell-words.ts';
import { shellStepLines } from './shell-steps.ts';
import { SideBySide } from './side-by-side.ts';
import { typedLines } from './typed-script.ts';
import { SCRIPT_REMARKS, forgottenRemark, headRemarks, repeatedRemark } from '../sentences/take-home-sentences.ts';

/** Where a script comes from, for its comments. */
export interface Origin {
  title: string;
  /** The page's address, with the mode. */
  address: string;
  mode: Mode;
  /** Returns the heading above a step on the page. */
  headingOf: (id: string) => string | undefined;
}

const CLUSTER_PAGES: Record<Mode, string> = {
  secure: '/secure-a-cluster.html',
  insecure: '/start-a-local-cluster.html',
};
/** How long a background program gets to start before the next step uses it, in seconds. */
const BACKGROUND_SECONDS = 3;

/**
 * Returns a bash script that does on the reader's own machine what was done here, in the same order. Failed steps are
 * comments. No text in the code can end a quote, a here-document or a comment of the script.
 */
export function writeScript(journal: Journal, origin: Origin): string {
  const { groups, hadSecrets } = groupEntries(journal.entries);
  const { title, address, mode } = origin;
  const body = bodyOf(groups, origin);
  const at = new Date(journal.sinceMs).toISOString().slice(0, 16).replace('T', ' ');
  return [
    '#!/usr/bin/env bash',
    comment(oneLine(title)),
    ...headRemarks(mode, { address, at, guide: new URL(CLUSTER_PAGES[mode], address).href }).map(comment),
    ...LANGUAGES.filter(({ atHome }) => body.some((line) => atHome.needs.test(line))).map(({ atHome }) =>
      comment(atHome.remark),
    ),
    ...(journal.forgotten > 0 ? [comment(forgottenRemark(journal.forgotten))] : []),
    ...(hadSecrets ? [comment(SCRIPT_REMARKS.noPasswords)] : []),
    '(',
    'set -e',
    comment(SCRIPT_REMARKS.noInput),
    'exec < /dev/null',
    ...body,
    ')',
    '',
  ].join('\n');
}

function bodyOf(groups: Group[], { mode, headingOf }: Origin): string[] {
  const sql = `cockroach sql ${mode === 'secure' ? '--certs-dir=certs' : '--insecure'}`;
  const lines: string[] = [];
  const sessions = new SideBySide();
  let heading: string | undefined;
  const comeTo = (id: string | undefined): void => {
    const above = id === undefined ? undefined : headingOf(id);
    lines.push('');
    if (above !== undefined && above !== heading) lines.push(`# ${oneLine(above)}`);
    heading = above ?? heading;
  };
  for (const group of groups) {
    switch (group.is) {
      case 'typed': {
        const text = typedLines(group.lines, sql);
        if (text === '') continue;
        comeTo(undefined);
        lines.push(comment(SCRIPT_REMARKS.typed), ...heredoc('bash /dev/fd/3 3', text, ' || true'));
        break;
      }
      case 'session': {
        const first = group.statements[0]!;
        comeTo(group.opening?.entry.id ?? first.entry.id);
        const command = (group.opening && textOf(group.opening.sent).trim()) ?? shellFor(sql, first.sent);
        const mayGoOn = group.statements.some(({ sent }) => sent.fails);
        lines.push(
          ...heredoc(
            `${command} ${mayGoOn ? '--set=errexit=false ' : ''}`,
            statementLines(group.statements),
            mayGoOn ? ' || true' : '',
          ),
        );
        break;
      }
      case 'kept-open':
        comeTo(group.statements[0]!.entry.id);
        lines.push(
          ...sessions.lines(group, shellFor(sql, group.statements[0]!.sent), statementLines(group.statements)),
        );
        break;
      case 'step':
        comeTo(group.done.entry.id);
        lines.push(...remarksOn(group.done).map(comment), ...stepLines(group.done));
    }
  }
  return [...lines, ...sessions.end()];
}

/** Returns the command that opens the SQL shell as the user of a step, on its database. */
function shellFor(sql: string, { user, database }: Pick<Sql, 'user' | 'database'>): string {
  return `${sql} --user=${quoted(user)}${database === undefined ? '' : ` --database=${quoted(database)}`}`;
}

function statementLines(statements: readonly Done<Sql>[]): string {
  return statements
    .flatMap((done) => [...remarksOn(done).map((remark) => `-- ${remark}`), ended(done.sent.statements)])
    .join('\n');
}

const comment = (remark: string): string => `# ${remark}`;

function remarksOn({ entry, sent, times, isBroughtForward }: Done): string[] {
  return [
    ...(mayFail(sent) ? [SCRIPT_REMARKS.fails] : []),
    ...(isBroughtForward ? [SCRIPT_REMARKS.outOfOrder] : []),
    ...(entry.isEdited ? [SCRIPT_REMARKS.edited] : []),
    ...(times > 1 ? [repeatedRemark(times)] : []),
  ];
}

function stepLines({ entry, sent }: Done): string[] {
  if (!hasDone(entry, sent)) {
    const why = entry.ok === false ? SCRIPT_REMARKS.failed : SCRIPT_REMARKS.unfinished;
    return [
      comment(why),
      ...textOf(sent)
        .trimEnd()
        .split(/\r\n?|\n/)
        .map((line) => `#   ${line}`),
    ];
  }
  if (sent.kind === 'file') return fileLines(sent.path, sent.text);
  if (sent.kind === 'shell' && !entry.isBackground) return shellStepLines(sent);
  const [first = '', ...rest] = commandLines(textOf(sent));
  return [
    comment(SCRIPT_REMARKS.background),
    "trap 'kill $(jobs -p)' EXIT",
    `${first} &`,
    ...rest,
    `sleep ${BACKGROUND_SECONDS}`,
  ];
}
