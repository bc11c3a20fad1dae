import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PIP_FOR = join(import.meta.dirname, '../../../server/setup/pip_for.py');
/** Two packages, of which the first needs the second on old Pythons and on one machine. */
const MAKE_WHEELS = `
import sys, zipfile
outer = ['old; python_version < "3.11"', 'arm; platform_machine == "aarch64"']
for name, needs in (('outer', outer), ('old', []), ('arm', [])):
    with zipfile.ZipFile(f'{sys.argv[1]}/{name}-1.0-py3-none-any.whl', 'w') as wheel:
        info = f'{name}-1.0.dist-info'
        lines = ['Metadata-Version: 2.1', f'Name: {name}', 'Version: 1.0', *map('Requires-Dist: {}'.format, needs)]
        wheel.writestr(f'{info}/METADATA', '\\n'.join([*lines, '']))
        wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nTag: py3-none-any\\n')
        wheel.writestr(f'{info}/RECORD', '')
`;

function hasPip(): boolean {
  try {
    execFileSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// The command itself needs a pip, and says so.
describe.skipIf(!hasPip())('pip for another Python', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wheels-'));
    writeFileSync(join(folder, 'make.py'), MAKE_WHEELS);
    execFileSync('python3', [join(folder, 'make.py'), folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['3.10', 'x86_64', ['old', 'outer']],
    ['3.14', 'x86_64', ['outer']],
    ['3.14', 'aarch64', ['arm', 'outer']],
  ])('fetches what is needed on Python %s on %s, whatever it runs on itself', (series, machine, names) => {
    const to = join(folder, `${series}-${machine}`);
    const args = ['download', '--no-index', '--find-links', folder, '--only-binary', ':all:'];
    execFileSync('python3', [PIP_FOR, series, machine, ...args, '--python-version', series, '--dest', to, 'outer'], {
      stdio: 'pipe',
    });
    expect(
      readdirSync(to)
        .map((file) => file.split('-')[0])
        .sort(),
    ).toEqual(names);
  });
});
