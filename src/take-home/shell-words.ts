/** Returns a shell word, quoted unless it is safe as it is. */
export function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Commands that change the shell in which they run, or affect how it reads its input. They need a shell of their own to
 * have the same effect as in the sandbox.
 */
const CHANGES_SHELL = new Set(
  (
    '. alias bg break builtin cd command continue coproc declare disown do done elif else enable esac ' +
    'eval exec exit export fg fi for function getopts hash if jobs kill let local logout mapfile popd ' +
    'pushd read readarray readonly return select set shift shopt source suspend then time times trap type ' +
    'typeset ulimit umask unalias unset until wait while case in'
  ).split(' '),
);
const WORD = String.raw`(?:[\w./:@%+,-]|=(?=\S)|'[^'\n]*'|"[^"$\`\\!\n]*")+`;
const PLAIN = new RegExp(`^(${WORD})(?: +${WORD})*$`);

/**
 * Returns whether a command is one program with plain arguments, which does the same in any script. Line continuations
 * are allowed.
 */
function isPlain(command: string): boolean {
  const program = PLAIN.exec(onOneLine(command))?.[1];
  return program !== undefined && !program.includes('=') && !CHANGES_SHELL.has(program);
}

const onOneLine = (command: string): string => command.replace(/ *\\\n */g, ' ').trim();

/**
 * Returns lines that do what the command did in the sandbox: the command itself, or a bash that runs it. That bash does
 * not read the command from its standard input, which stays empty.
 */
export function commandLines(command: string): string[] {
  if (isPlain(command)) return [command.trim()];
  if (!/['\n]/.test(command)) return [`bash -c '${command.trim()}'`];
  return heredoc('bash /dev/fd/3 3', command);
}

/** Returns lines that write a file, byte for byte. */
export function fileLines(path: string, text: string): string[] {
  const folder = path.includes('/') ? [`mkdir -p ${quoted(path.slice(0, path.lastIndexOf('/')))}`] : [];
  // A here-document always ends its last line.
  const isWhole = text === '' || text.endsWith('\n');
  return [
    ...folder,
    ...(isWhole ? heredoc(`cat > ${quoted(path)} `, text) : [`printf %s ${quoted(text)} > ${quoted(path)}`]),
  ];
}

/**
 * Returns lines that pass a text to a command in a here-document, which ends its last line. `after` follows on the
 * command's own line.
 */
export function heredoc(command: string, text: string, after = ''): string[] {
  const body = text.replace(/\n$/, '');
  const lines = new Set(body.split('\n'));
  let word = 'END';
  for (let number = 2; lines.has(word); number += 1) word = `END_${number}`;
  return [`${command}<<'${word}'${after}`, ...(text === '' ? [] : [body]), word];
}

/** Returns statements as the SQL shell expects them, with a `;` at the end. */
export function ended(statements: string): string {
  const text = statements.trim();
  if (text.endsWith(';') && !/(--|#)[^\n]*$/.test(text)) return text;
  return `${text}\n;`;
}

/** Returns whether a command only opens the SQL shell, as that user on that database. */
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

/** Returns text without line breaks and control characters, for a one-line comment. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
