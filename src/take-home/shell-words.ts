/** A word of shell, as it stands where that is safe, else in quotes. */
export function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Words that change the shell that runs them, or read it further: only a shell of its own does with them what the
 * sandbox's did.
 */
const CHANGES_SHELL = new Set(
  `. alias bg break builtin cd command continue coproc declare disown do done elif else enable esac eval exec exit export fg fi for function
  getopts hash if jobs kill let local logout mapfile popd pushd read readarray readonly return select set shift shopt source suspend then
  time times trap type typeset ulimit umask unalias unset until wait while case in`.split(/\s+/),
);
const WORD = String.raw`(?:[\w./:@%+,-]|=(?=\S)|'[^'\n]*'|"[^"$\`\\!\n]*")+`;
const PLAIN = new RegExp(`^(${WORD})(?: +${WORD})*$`);

/** One program and its plain words, which do in any script what they do alone; `\` at the ends of lines allowed. */
function isPlain(command: string): boolean {
  const program = PLAIN.exec(onOneLine(command))?.[1];
  return program !== undefined && !program.includes('=') && !CHANGES_SHELL.has(program);
}

const onOneLine = (command: string): string => command.replace(/ *\\\n */g, ' ').trim();

/**
 * Lines that do what the sandbox did with a command: it, or a shell of its own for it. That reads it elsewhere than
 * from its input, which stays empty.
 */
export function commandLines(command: string): string[] {
  if (isPlain(command)) return [command.trim()];
  if (!/['\n]/.test(command)) return [`bash -c '${command.trim()}'`];
  return heredoc('bash /dev/fd/3 3', command);
}

/** Lines that write a file, byte for byte. */
export function fileLines(path: string, text: string): string[] {
  const folder = path.includes('/') ? [`mkdir -p ${quoted(path.slice(0, path.lastIndexOf('/')))}`] : [];
  // A heredoc always ends its last line.
  const isWhole = text === '' || text.endsWith('\n');
  return [
    ...folder,
    ...(isWhole ? heredoc(`cat > ${quoted(path)} `, text) : [`printf %s ${quoted(text)} > ${quoted(path)}`]),
  ];
}

/**
 * Lines that give a text, as it is, to a command; its last line is ended. `after` follows on the command's own line.
 */
export function heredoc(command: string, text: string, after = ''): string[] {
  const body = text.replace(/\n$/, '');
  const lines = new Set(body.split('\n'));
  let word = 'END';
  for (let number = 2; lines.has(word); number += 1) word = `END_${number}`;
  return [`${command}<<'${word}'${after}`, ...(text === '' ? [] : [body]), word];
}

/** Statements as the SQL shell wants them: each ends in a `;`. */
export function ended(statements: string): string {
  const text = statements.trim();
  if (text.endsWith(';') && !/(--|#)[^\n]*$/.test(text)) return text;
  return `${text}\n;`;
}

/** Whether a command opens the SQL shell, and nothing else, as that user on that database. */
export function opensShellAs(command: string, { user, database }: { user: string; database?: string }): boolean {
  const line = onOneLine(command);
  if (
    !isPlain(command) ||
    !/^cockroach sql(?: |$)/.test(line) ||
    / (?:-e|-f|--execute|--file|--url|--watch)\b/.test(line)
  )
    return false;
  const flag = (name: string): string | undefined =>
    new RegExp(` (?:--${name}|-${name[0]!})[= ]([\\w-]+)`).exec(line)?.[1];
  return (flag('user') ?? 'root') === user && flag('database') === database;
}

/** Text as it may stand in one line of comment. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
