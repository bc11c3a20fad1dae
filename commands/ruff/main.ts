// ruff for all Python of the repository but the samples. `main.ts --check` tells what is wrong, and exits with 1 when
// anything is; `main.ts --write` formats the files, and changes nothing else. Editors that have ruff read the same
// settings, from pyproject.toml.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { PythonStyle } from './python-style.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What is made or installed, not written. */
const MADE = ['node_modules', 'dist', '.*'];

const writes = process.argv.includes('--write');
const style = new PythonStyle(ROOT);
const files = globSync('**/*.py', {
  cwd: ROOT,
  exclude: (name) => [...MADE, ...style.excluded].some((pattern) => matchesGlob(name, pattern)),
}).toSorted();

const faults: string[] = files.length === 0 ? ['No Python was found, so nothing was checked.'] : [];
for (const file of files) {
  const path = join(ROOT, file);
  const text = readFileSync(path, 'utf8');
  const formatted = style.formatted(text);
  if (writes && formatted !== text) writeFileSync(path, formatted);
  if (!writes) {
    faults.push(...style.complaints(file, text));
    if (formatted !== text) faults.push(`${file}: not formatted; npm run format does that.`);
  }
}
for (const fault of faults) console.log(fault);
if (!writes) console.log(`ruff: ${files.length} files, ${faults.length} complaints`);
process.exitCode = faults.length > 0 ? 1 : 0;
