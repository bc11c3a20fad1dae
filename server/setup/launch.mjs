// @ts-check
// Called by `launch.cjs`: prepares what a command needs, and runs it with the right Node. It may import only core
// modules and plain JavaScript, because it runs on whatever Node the machine has, before any package is installed.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultOfArguments } from '../../shared/command-line/check.mjs';
import { helpOf, isHelpWanted } from '../../shared/command-line/help.mjs';
import { unprivilegedCommand } from './rootless/unprivileged-command.mjs';
import { openAttempts } from './attempts.mjs';
import { commandOf, commands, programPath } from './npm-scripts.mjs';
import { runForeground } from './foreground.mjs';
import { endBy, heedSignals, Interruption, interruption, isEnding } from './interruption.mjs';
import { takeLock } from './setup-lock.mjs';
import { environmentOf, startableOwnNode, systemNode } from './node.mjs';
import { ownNode } from './own-node.mjs';
import { installPackages } from './packages.mjs';
import { sentenceFor, SetupProblem } from './setup-problem.mjs';
import { readOnlyProblem } from './read-only.mjs';
import { say } from './say.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const stateDir = join(root, '.bankrun');
/** The exit code when the command line is wrong. */
const USAGE = 2;

/**
 * Runs an npm script. Returns the exit code of the program that failed, or 0. Throws SetupProblem and Interruption.
 * @param {string} name
 * @param {string[]} args
 */
async function launch(name, args) {
  const command = commandOf(name, args);
  if (!command)
    throw new SetupProblem(`The commands are ${Object.keys(commands).join(', ')}, not "${name}": type "npm start".`);
  if (isHelpWanted(name, args)) {
    say(helpOf(name));
    return 0;
  }
  const fault = faultOfArguments(name, args, process.env);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return USAGE;
  }
  // The sandboxes' users must be able to read what is installed here.
  process.umask(0o022);
  const readOnly = command.servesAsItIs ? readOnlyProblem(stateDir) : undefined;
  if (readOnly) say(readOnly);
  const node = readOnly ? ((await systemNode(root)) ?? ownNode(root)) : await prepare(command.purpose === 'again');
  const env = environmentOf(node);
  if (command.purpose && !readOnly) {
    const exitCode = await runToEnd(
      [node, join(root, 'server/setup/setup.mjs'), command.purpose],
      env,
      command.programs.length > 0,
    );
    if (exitCode !== 0) return exitCode;
  }
  for (const [index, [program = '', ...first]] of command.programs.entries()) {
    const isLast = index === command.programs.length - 1;
    const line = [node, programPath(root, program), ...first, ...(isLast ? args : [])];
    const exitCode = await runToEnd(
      command.sandboxes && !readOnly ? unprivilegedCommand(stateDir, line) : line,
      env,
      !isLast,
    );
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

/**
 * Installs the npm packages. Returns the Node to continue with: the machine's if it is new enough, else our own.
 * @param {boolean} afresh Whether to retry what failed recently.
 * @returns {Promise<string>}
 */
async function prepare(afresh) {
  const forgetSignals = heedSignals();
  const release = await takeLock(join(stateDir, 'setup.lock'), say);
  try {
    const attemptsFile = join(stateDir, 'attempts.json');
    if (afresh) rmSync(attemptsFile, { force: true });
    const systems = await systemNode(root);
    await installPackages(root, systems === undefined);
    const node = systems ?? (await startableOwnNode(root, openAttempts(attemptsFile)));
    interruption.throwIfAborted();
    return node;
  } finally {
    release();
    forgetSignals();
  }
}

/**
 * Runs a program and returns its exit code. Throws Interruption when a signal ended it, or when one was received and
 * another program should follow.
 * @param {import('./rootless/unprivileged-command.mjs').Line} line
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isMoreToFollow
 */
async function runToEnd(line, env, isMoreToFollow) {
  const [command = '', ...args] = line;
  const { exitCode, signal, received } = await runForeground(command, args, { cwd: root, env });
  if (isEnding(signal)) throw new Interruption(signal);
  if (signal) throw new SetupProblem(`${command} was ended by ${signal}: start again.`);
  if (received && isMoreToFollow) throw new Interruption(received);
  return exitCode;
}

let exitCode = 1;
try {
  exitCode = await launch(process.argv[2] ?? '', process.argv.slice(3));
} catch (cause) {
  if (cause instanceof Interruption) endBy(cause.signal);
  else process.stderr.write(`${sentenceFor(cause)}\n`);
}
// Explicitly, because a pending DNS query would keep the process alive for many seconds after set-up has given up.
process.exit(exitCode);
