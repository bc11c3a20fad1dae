// @ts-check
import { findExecutables, runCommand } from './run-command.mjs';
import { findRuntimes } from './choose-runtime.mjs';

const ASK_MS = 20_000;
const INSTALLS = 'import importlib.util as u, sys; sys.exit(not (u.find_spec("pip") or u.find_spec("ensurepip")))';

/**
 * Returns which system packages later steps will need, so that an ordinary user can have them all installed at once.
 * Empty for root, because set-up then installs each one when it is needed.
 * @returns {Promise<import('./system-names.mjs').Need[]>}
 */
export async function foreseenNeeds() {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return [];
  const [python] = findExecutables('python3');
  const hasInstaller =
    python !== undefined && (await runCommand(python, ['-I', '-c', INSTALLS], { timeoutMs: ASK_MS })).ok;
  return [
    ...(python ? [] : /** @type {const} */ (['python'])),
    ...(hasInstaller ? [] : /** @type {const} */ (['python-venv'])),
    ...(findRuntimes('runc').length > 0 ? [] : /** @type {const} */ (['runc'])),
    ...(findExecutables('newuidmap').length > 0 ? [] : /** @type {const} */ (['uidmap'])),
  ];
}
