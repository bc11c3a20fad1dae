import { globSync } from 'node:fs';

/** All test files of the project, from its root, with slashes: what a whole run must have run. */
export function testFilesIn(root: string): string[] {
  return globSync('{commands,content,languages,server,shared,src,standin,tests}/**/*.test.ts', {
    cwd: root,
    exclude: (path) => path.endsWith('node_modules'),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}
