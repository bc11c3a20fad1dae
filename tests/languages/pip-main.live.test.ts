import { beforeAll, describe, expect, it } from 'vitest';
import { printed } from '../../commands/client/reader.ts';
import { readTutorials } from '../../commands/verify/tutorial.ts';
import { useServer, withoutSandbox } from '../support/shared-server.ts';

const INSTALL = 'python -m pip install ';
const named = new Set(
  readTutorials()
    .flatMap(({ steps }) => steps)
    .flatMap(({ step }) => (step.kind === 'shell' && step.command.startsWith(INSTALL) ? [step.command] : [])),
);

describe.skipIf(withoutSandbox)('pip install of packages that are there', () => {
  const { reader } = useServer();
  const me = reader();
  let sandbox = '';
  beforeAll(async () => {
    sandbox = (await me.claim('insecure')).id;
  });
  const run = async (command: string): Promise<string> =>
    printed((await me.run(sandbox, [{ id: 's', kind: 'shell', command }])).events);
  /** Whether pip itself was asked: nothing else imports its modules. */
  const asksPip = async (before: string, after: string): Promise<boolean> =>
    (await run(`${before} python -X importtime -m pip ${after} 2>&1 | grep -c pip._internal`)).trim() !== '0';

  it('is asked for by tutorials', () => {
    expect(named.size).toBeGreaterThan(2);
  });

  it.each([...named])('says exactly what pip itself says: %s', async (command) => {
    const said = await run(command);
    expect(said).toContain('Requirement already satisfied');
    expect(said).toBe(await run(command.replace('-m pip ', '-m pip.pip_main ')));
  });

  it('does not load pip for packages that need no others', async () => {
    expect(await asksPip('', 'install pony')).toBe(false);
    expect(await asksPip('', 'install peewee psycopg2-binary')).toBe(false);
  });

  it.each([
    ['', 'install sqlalchemy'],
    ['', 'install pony flask'],
    ['', 'install "pony>=0.7"'],
    ['', 'install pony Pony'],
    ['', 'install -q pony'],
    ['', 'list'],
    ['', ''],
    ['PIP_QUIET=1', 'install pony'],
    ['PYTHONPATH=/tmp:$PYTHONPATH', 'install pony'],
    ['cd /opt;', 'install pony'],
    ['mkdir -p ~/.config/pip; touch ~/.config/pip/pip.conf;', 'install pony'],
  ])('leaves the answer to pip for %s pip %s', async (before, after) => {
    expect(await asksPip(before, after)).toBe(true);
  });

  it('is pip in every other way', async () => {
    expect(await run('rm -rf ~/.config; python -m pip --version')).toMatch(
      /^pip \d+\.\d+.* from \/opt\/packages\/0\/pip /,
    );
    expect(await run('python -c "import pip; print(pip.__name__)"')).toBe('pip\n');
    expect(await run('python -m pip frobnicate')).toContain('unknown command "frobnicate"');
  });
});
