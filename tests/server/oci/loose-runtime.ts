import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuntimeProgram } from '../../../server/oci/machine-checks.ts';

/**
 * Returns a runtime that starts containers with an altered configuration, like one that ignores part of it. `alter` is
 * JavaScript that changes `spec`; the program is written to `folder`.
 */
export async function looseRuntime(
  { name, path }: RuntimeProgram,
  folder: string,
  alter: string,
): Promise<RuntimeProgram> {
  const altering = join(folder, 'alter.cjs');
  const program = join(folder, 'loose-runtime.sh');
  await writeFile(
    altering,
    `const { readFileSync, writeFileSync } = require('node:fs');
const file = process.argv[2];
const spec = JSON.parse(readFileSync(file, 'utf8'));
${alter}
writeFileSync(file, JSON.stringify(spec));
`,
  );
  await writeFile(
    program,
    `#!/bin/sh
last=
for word; do
  if [ "$last" = --bundle ]; then '${process.execPath}' '${altering}' "$word/config.json" || exit 1; fi
  last=$word
done
exec '${path}' "$@"
`,
  );
  await chmod(program, 0o755);
  return { name, path: program };
}
