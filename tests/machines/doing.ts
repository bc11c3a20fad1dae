import { join } from 'node:path';
import { runCommand } from '../../server/setup/run-command.mjs';

/** Enough to include the first error of a failed step. */
const KEPT_CHARACTERS = 4_000_000;
const SHOWN_LINES = 20;
const CHROOT = join(import.meta.dirname, 'inside/chroot.sh');

/**
 * Runs a command and returns what it printed. Throws an Error with the end of its output when it fails, and an
 * Interruption.
 */
export async function doOrThrow(command: string, args: string[], timeoutMs: number): Promise<string> {
  const { ok, output, why } = await runCommand(command, args, { timeoutMs, keptCharacters: KEPT_CHARACTERS });
  if (!ok) throw new Error(`${command} failed (${why}): ${output.trim().split('\n').slice(-SHOWN_LINES).join('\n')}`);
  return output;
}

/** What a command printed, and whether it succeeded. */
export interface Done {
  ok: boolean;
  output: string;
}

/** Runs a command as a user among the machine's files, with this machine's network. Throws only an Interruption. */
export async function tryInside(
  { root, cache }: { root: string; cache: string },
  user: string,
  command: string,
  timeoutMs: number,
): Promise<Done> {
  const args = ['--mount', '--pid', '--fork', '--kill-child', 'bash', CHROOT, root, cache, user, command];
  const { ok, output, why } = await runCommand('unshare', args, { timeoutMs, keptCharacters: KEPT_CHARACTERS });
  return { ok, output: `${output}${why && `\n${why}\n`}` };
}

/** Like `tryInside`, but returns what the command printed, and throws an Error when it fails. */
export async function doInside(
  places: { root: string; cache: string },
  user: string,
  command: string,
  timeoutMs: number,
): Promise<string> {
  const { ok, output } = await tryInside(places, user, command, timeoutMs);
  if (!ok)
    throw new Error(
      `"${command}" failed among the machine's files: ${output.trim().split('\n').slice(-SHOWN_LINES).join('\n')}`,
    );
  return output;
}
