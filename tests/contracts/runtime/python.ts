import { describe, expect, test } from 'vitest';
import { runIn } from '../../server/oci/test-runtime.ts';
import type { SharedContainer } from './shared-container.ts';

/** Prints everything in which a forked interpreter could differ from a plain one. */
const SAME = `
import sys, os, __main__
print(__name__, __file__, sys.argv, sys.path[0], __main__.__dict__ is globals(), os.getcwd())
print(sorted(k for k in globals() if k.startswith('__')), __spec__, __package__, __doc__, __loader__.__class__.__name__)
print(sys.flags, sys.orig_argv, os.path.basename(sys.executable))
print(sys.stdout.encoding, sys.stdout.errors, sys.stdin.read() == '')
print('accounts' in sys.modules, 'fresh_main' in sys.modules, sys.path[1:])
print(os.environ == dict(os.environ), sorted(os.environ))
`;

/** Describes the contract of python. */
export function describePython(shared: SharedContainer): void {
  describe('python', () => {
    const python = async (text: string, ...args: string[]): ReturnType<typeof runIn> => {
      await shared.container.writeFile('reader', 'work/program.py', text);
      return await runIn(shared.container, ['python', 'work/program.py', ...args]);
    };

    test('skips modules that it cannot preload, and those that are not among the packages', async () => {
      await shared.container.preload(['no_such_module', 'pretend', 'antigravity', 'os; print(1)']);
      expect(await python('import sys; print("pretend" in sys.modules, "antigravity" in sys.modules)')).toMatchObject({
        stdout: 'True False\n',
      });
    });

    test('runs a file as the interpreter itself does', async () => {
      const forked = await python(SAME, 'a', 'b');
      const plain = await runIn(shared.container, [
        '/bin/bash',
        '-c',
        'exec env -u PWD -u SHLVL -u _ python work/program.py a b',
      ]);
      expect(forked.stderr).toBe('');
      expect(forked.stdout).toBe(plain.stdout);
    });

    test.each([
      ['an exception', 'def f(): 1 / 0\ntry: f()\nexcept Exception as e: raise ValueError("no") from e', 1],
      ['a wrong syntax', 'print("a"\nprint(', 1],
      ['an exit with a sentence', 'import sys; sys.exit("so be it")', 1],
      ['an exit code', 'raise SystemExit(300)', 44],
      ['an exit hook', 'import atexit, sys\natexit.register(lambda: print("bye"))\nprint("a", end="")\nsys.exit(3)', 3],
      [
        'a thread that lives longer',
        'import threading\nwait = threading.main_thread().join\n' +
          'threading.Thread(target=lambda: (wait(), print("late"))).start()\nprint("main")',
        0,
      ],
      ['a hook for exceptions', 'import sys\nsys.excepthook = lambda *a: print("hooked", a[0].__name__)\n1 / 0', 1],
      ['output without a newline, then a hard end', 'import os\nprint("a\\nb")\nos._exit(5)', 5],
      [
        'a pool of processes',
        'from multiprocessing import Pool\nif __name__ == "__main__":\n  with Pool(2) as p: print(p.map(abs, [-1, 2]))',
        0,
      ],
      [
        'pickling of a class of its own',
        'import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)',
        0,
      ],
      ['bytes that are no text', 'print("\\udcff")', 0],
    ])('ends as the interpreter itself does: %s', async (_, text, exitCode) => {
      const forked = await python(text);
      const plain = await shared.bash('python -u work/program.py');
      expect(forked).toEqual({ ...plain, exitCode });
    });

    test('reports a missing file as the interpreter does', async () => {
      const forked = await runIn(shared.container, ['python', 'nothing.py']);
      expect(forked).toEqual(await shared.bash('python nothing.py'));
      expect(forked.exitCode).toBe(2);
    });

    test('imports a reader’s module that has the name of one of the agent’s', async () => {
      await shared.container.writeFile('reader', 'work/accounts.py', 'mine = True');
      expect(await python('import accounts; print(accounts.mine)')).toMatchObject({ stdout: 'True\n', stderr: '' });
    });

    test('gets a new random seed for each run, and starts from scratch', async () => {
      const text = 'import random, pretend\nprint(random.random(), hasattr(pretend, "mark")); pretend.mark = 1';
      const [first, second] = [(await python(text)).stdout, (await python(text)).stdout];
      expect(first).toContain('False');
      expect(second).toContain('False');
      expect(first).not.toBe(second);
    });

    test('obeys the interpreter’s environment variables', async () => {
      await shared.container.writeFile('reader', 'work/program.py', 'import sys; print(sys.flags.dev_mode)');
      expect(
        await runIn(shared.container, ['python', 'work/program.py'], { env: { PYTHONDEVMODE: '1' } }),
      ).toMatchObject({ stdout: 'True\n' });
    });

    test('has pip report that an installed package is installed', async (context) => {
      const said = await shared.bash('python -m pip --version >/dev/null 2>&1 || exit 99; python -m pip install pip');
      if (said.exitCode === 99) context.skip('this machine’s Python has no pip');
      expect(said).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^Requirement already satisfied/) as string,
      });
    });

    test('can be preloaded again while an earlier run goes on', async () => {
      await shared.container.writeFile(
        'reader',
        'work/slow.py',
        'import time\nprint("began", flush=True)\ntime.sleep(0.3)\nprint("done")',
      );
      const slow = runIn(shared.container, ['python', 'work/slow.py']);
      await shared.container.preload([]);
      expect(await slow).toMatchObject({ exitCode: 0, stdout: 'began\ndone\n' });
      expect(await python('import sys; print("pretend" in sys.modules)')).toMatchObject({ stdout: 'False\n' });
    });

    test('forks from the last of several preloads that were requested at once', async () => {
      await Promise.all([
        shared.container.preload(['pretend']),
        shared.container.preload([]),
        shared.container.preload(['pretend']),
      ]);
      const text = 'import sys, os\nprint(sys.modules["pretend"].imported_by == os.getppid())';
      expect(await python(text)).toMatchObject({ stdout: 'True\n' });
    });
  });
}
