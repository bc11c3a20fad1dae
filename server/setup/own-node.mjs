// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from './run-command.mjs';
import { nodePackages, thisPlatform } from './platform-packages.mjs';

/**
 * Returns the path of our own Node, which exists once the packages are installed; undefined when there is none for the
 * platform.
 * @param {string} root
 */
export function ownNode(root, platform = thisPlatform) {
  const name = nodePackages[/** @type {keyof typeof nodePackages} */ (platform)];
  return name && join(root, 'node_modules', name, 'bin/node');
}

/**
 * Returns why our own Node is missing or has another version than in package.json; undefined when it is in order. npm
 * skips optional packages silently.
 * @param {string} root
 * @returns {string | undefined}
 */
export function ownNodeProblem(root, platform = thisPlatform) {
  const path = ownNode(root, platform);
  if (!path) return `Bankrun has no Node for ${platform}: it runs on ${Object.keys(nodePackages).join(', ')}.`;
  const again = 'delete node_modules and start again, without "--omit=optional"';
  if (!isExecutable(path)) return `npm left out Bankrun's own Node (${path}): ${again}.`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = optionalDependencies[nodePackages[/** @type {keyof typeof nodePackages} */ (platform)]];
  const version = versionIn(join(path, '../../package.json'));
  if (version !== wanted) return `Bankrun's own Node is ${version ?? 'damaged'} where ${wanted} is needed: ${again}.`;
  return undefined;
}

/** @param {string} file */
function versionIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).version;
  } catch {
    // Damaged, for example because the disk was full.
    return undefined;
  }
}
