import { globSync } from 'node:fs';

/** Returns all test files of the project, relative to its root, with slashes: a whole run must have run all of them. */
export function testFilesIn(root: string): string[] {
  return globSync('{commands,content,languages,server,shared,src,standin,tests}/**/*.test.ts', {
    cwd: root,
    exclude: (path) => path.endsWith('node_modules'),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}
