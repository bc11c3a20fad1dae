import type { StepBody } from '../../shared/protocol.ts';
import { SCRIPT_REMARKS } from '../sentences/take-home-sentences.ts';
import { commandLines, heredoc, quoted } from './shell-words.ts';

/** Where the shells of a script keep what they hand on, in a folder of the script's own. */
const KEPT = '"${SHELLS:=$(mktemp -d)}"';

/** Returns lines that do what a shell step did: with its input, in its shell, and going on if it is meant to fail. */
export function shellStepLines({ command, input, shell, fails }: StepBody & { kind: 'shell' }): string[] {
  const [first = '', ...rest] = shell === undefined ? commandLines(command) : inNamedShell(command, shell);
  const before = input === undefined ? '' : `printf %s ${quoted(input)} | `;
  return [
    ...(shell === undefined ? [] : [`# ${SCRIPT_REMARKS.shell}`, `: ${KEPT}; export SHELLS`]),
    `${before}${first}${fails ? ' || true' : ''}`,
    ...rest,
  ];
}

/** Runs a command in a bash that begins with what the last one of that name left behind, and leaves the same. */
function inNamedShell(command: string, shell: string): string[] {
  const file = `"$SHELLS/${shell.replace(/\W/g, '_')}"`;
  const keep = 'declare -p | grep -v "^declare -[A-Za-z]*r"; declare -f; shopt -p; set +o; printf "cd %q\\n" "$PWD"';
  return heredoc(
    'bash /dev/fd/3 3',
    [`[ ! -e ${file} ] || . ${file} 2> /dev/null`, `trap '{ ${keep}; } > ${file}' EXIT`, command].join('\n'),
  );
}
