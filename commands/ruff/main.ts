// Runs ruff on all Python in the repository except the samples. `main.ts --check` prints complaints, and exits with 1
// when there are any; `main.ts --write` only formats the files. The settings are in pyproject.toml, where editors with
// ruff find them, too.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { PythonStyle } from './python-style.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Folders with generated or installed files. */
const GENERATED = ['node_modules', 'dist', '.*'];

const writes = process.argv.includes('--write');
const style = new PythonStyle(ROOT);
const files = globSync('**/*.py', {
  cwd: ROOT,
  exclude: (name) => [...GENERATED, ...style.excluded].some((pattern) => matchesGlob(name, pattern)),
}).toSorted();

const faults: string[] = files.length === 0 ? ['No Python was found, so nothing was checked.'] : [];
for (const file of files) {
  const path = join(ROOT, file);
  const text = readFileSync(path, 'utf8');
  const formatted = style.formatted(text);
  if (writes && formatted !== text) writeFileSync(path, formatted);
  if (!writes) {
    faults.push(...style.complaints(file, text));
    if (formatted !== text) faults.push(`${file}: not formatted; type "npm run format".`);
  }
}
for (const fault of faults) console.log(fault);
if (!writes) console.log(`ruff: ${files.length} files, ${faults.length} complaints`);
process.exitCode = faults.length > 0 ? 1 : 0;
