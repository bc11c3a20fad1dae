// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from './run-command.mjs';
import { nodePackages, thisPlatform } from './platform-packages.mjs';

/**
 * Where our own Node lies once the packages are there.
 * @param {string} root
 */
export function ownNode(root, platform = thisPlatform) {
  const name = nodePackages[/** @type {keyof typeof nodePackages} */ (platform)];
  return name && join(root, 'node_modules', name, 'bin/node');
}

/**
 * Why our own Node is not there in the version that package.json names, or undefined. npm leaves optional packages out
 * without a word.
 * @param {string} root
 * @returns {string | undefined}
 */
export function ownNodeProblem(root, platform = thisPlatform) {
  const path = ownNode(root, platform);
  if (!path) return `Bankrun brings no Node for ${platform}: it runs on ${Object.keys(nodePackages).join(', ')}.`;
  const again = 'delete node_modules and start again, without "--omit=optional"';
  if (!isExecutable(path)) return `npm left out Bankrun's own Node (${path}): ${again}.`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = optionalDependencies[nodePackages[/** @type {keyof typeof nodePackages} */ (platform)]];
  const version = versionIn(join(path, '../../package.json'));
  if (version !== wanted) return `Bankrun's own Node is ${version ?? 'torn'} where ${wanted} is wanted: ${again}.`;
  return undefined;
}

/** @param {string} file */
function versionIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).version;
  } catch {
    // As after a disk that filled up.
    return undefined;
  }
}
