import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../server/errors.ts';
import type { FakeProgram } from './fake-terminal.ts';
import { recordedViewer } from './recorded-viewer.ts';
import { SIZE, soon, terminals, typed } from './terminals.ts';

const WINDOW = 128 * 1024;

describe('a terminal', { timeout: 60_000 }, () => {
  it('starts a shell, or the command with which it is opened, in the home', async () => {
    const { all, container, programs } = terminals();
    await all.watch(container, 1, SIZE, recordedViewer());
    await all.watch(container, 2, { ...SIZE, command: 'cockroach sql --insecure' }, recordedViewer());
    expect(programs.map(({ request }) => request)).toMatchObject([
      { number: 1, argv: expect.arrayContaining(['/bin/bash', '-i']), cwd: '/home/reader', columns: 80, rows: 24 },
      { number: 2, argv: ['/bin/bash', '-c', 'cockroach sql --insecure'] },
    ]);
  });

  it('shows the program’s output, passes on keys, and reports the end after the last byte', async () => {
    const { all, container, programs } = terminals();
    const page = recordedViewer();
    const view = await all.watch(container, 1, SIZE, page);
    const [program] = programs as [FakeProgram];
    const read = typed(program);
    expect(page.beginning).toEqual({ key: expect.stringMatching(/^[0-9a-f]{16}$/), bytes: 0 });
    program.tty.write('$ ');
    await soon(() => expect(page.shown()).toBe('$ '));
    view.type(Buffer.from('exit\r'));
    await soon(() => expect(read()).toBe('exit\r'));
    program.tty.write('bye');
    program.exit(3);
    await soon(() => expect(page.ending).toEqual({ reason: 'exited', exitCode: 3 }));
    expect(page.shown()).toBe('$ bye');
  });

  it('makes the program wait while the page draws nothing, and drops nothing', async () => {
    const { all, container, programs } = terminals();
    const page = recordedViewer();
    const view = await all.watch(container, 1, SIZE, page);
    const { tty } = programs[0]!;
    const all4 = Buffer.from(Array.from({ length: 500_000 }, (_, n) => String.fromCharCode(97 + (n % 26))).join(''));
    let written = 0;
    const write = async (): Promise<void> => {
      for (; written < all4.length; written += 10_000)
        if (!tty.write(all4.subarray(written, written + 10_000))) await once(tty, 'drain');
    };
    void write();
    await soon(() => expect(page.shownBytes()).toBe(WINDOW));
    const before = written;
    // It stays so: meanwhile another page, of another terminal, has been served.
    const other = recordedViewer();
    await all.watch(container, 2, SIZE, other);
    programs[1]!.tty.write('here');
    await soon(() => expect(other.shown()).toBe('here'));
    expect(page.shownBytes()).toBe(WINDOW);
    expect(written).toBe(before);
    expect(written).toBeLessThan(WINDOW + 200_000);
    let drawn = 0;
    await soon(() => {
      // Each credit shows more at once.
      const shown = page.shownBytes();
      view.drawn(shown - drawn);
      drawn = shown;
      expect(page.shownBytes()).toBe(all4.length);
    });
    expect(page.shown()).toBe(all4.toString());
  });

  it('accepts no more credit than it has sent bytes', async () => {
    const { all, container, programs } = terminals();
    const page = recordedViewer();
    const view = await all.watch(container, 1, SIZE, page);
    programs[0]!.tty.write('12345');
    await soon(() => expect(page.shownBytes()).toBe(5));
    expect([view.drawn(6), view.drawn(3), view.drawn(2), view.drawn(1)]).toEqual([false, true, true, false]);
  });

  it('accepts one window of keys that the program does not read, and no byte more', async () => {
    const { all, container, programs } = terminals();
    const page = recordedViewer();
    const view = await all.watch(container, 1, SIZE, page);
    expect(view.type(Buffer.alloc(WINDOW - 1))).toBe(true);
    expect(view.type(Buffer.alloc(2))).toBe(false);
    expect(view.type(Buffer.alloc(1))).toBe(true);
    expect(page.tookBytes()).toBe(0);
    const read = typed(programs[0]!);
    await soon(() => expect(read().length).toBe(WINDOW));
    await soon(() => expect(page.tookBytes()).toBe(WINDOW - 1));
    expect(view.type(Buffer.from('x'))).toBe(true);
  });

  it('keeps one window of keys for a program that reads none, however many pages type', async () => {
    const { all, container, programs } = terminals();
    for (let page = 0; page < 5; page += 1) {
      const view = await all.watch(container, 1, SIZE, recordedViewer());
      expect(view.type(Buffer.alloc(100 * 1024))).toBe(true);
      view.leave();
    }
    const read = typed(programs[0]!);
    await soon(() => expect(read().length).toBe(100 * 1024));
    const view = await all.watch(container, 1, SIZE, recordedViewer());
    view.type(Buffer.from('end'));
    await soon(() => expect(read().slice(-3)).toBe('end'));
    expect(read().length).toBe(100 * 1024 + 3);
  });

  it('counts as use when somebody types', async () => {
    const onKeys = vi.fn();
    const { all, container, programs } = terminals({ onKeys });
    const page = recordedViewer();
    const view = await all.watch(container, 1, SIZE, page);
    programs[0]!.tty.write('output');
    await soon(() => expect(page.shown()).toBe('output'));
    view.resize({ columns: 90, rows: 30 });
    view.drawn(6);
    expect(onKeys).not.toHaveBeenCalled();
    view.type(Buffer.from('k'));
    expect(onKeys).toHaveBeenCalledOnce();
  });

  it('tells its program the last of thousands of sizes, and only possible ones', async () => {
    const { all, container, programs } = terminals();
    const view = await all.watch(container, 1, SIZE, recordedViewer());
    for (let columns = 1; columns <= 5000; columns += 1) view.resize({ columns, rows: 30 });
    view.resize({ columns: 65_535, rows: 0 });
    await soon(() => expect(programs[0]!.sizes).toEqual(['1x30', '500x1']));
    view.resize({ columns: 500, rows: 1 });
    view.resize({ columns: 100, rows: 40 });
    await soon(() => expect(programs[0]!.sizes).toEqual(['1x30', '500x1', '100x40']));
  });
});

describe('a terminal ends', { timeout: 60_000 }, () => {
  it('when its page is away for too long, and not before', async () => {
    const { all, container, programs } = terminals({ awayMs: 50 });
    const view = await all.watch(container, 1, SIZE, recordedViewer());
    await all.watch(container, 2, SIZE, recordedViewer());
    view.leave();
    await soon(() => expect(programs[0]!.isHungUp()).toBe(true));
    expect(programs[1]!.isHungUp()).toBe(false);
  });

  it('when it is closed, and a new one waits until its program has ended', async () => {
    let letGo: () => void = () => undefined;
    const { all, container, programs } = terminals({ mayEnd: new Promise((settle) => (letGo = settle)) });
    const page = recordedViewer();
    await all.watch(container, 1, SIZE, page);
    expect([all.close(1), all.close(1), all.close(2)]).toEqual([true, false, false]);
    expect(page.ending).toEqual({ reason: 'exited' });
    expect(programs[0]!.isHungUp()).toBe(true);
    const next = recordedViewer();
    const opened = all.watch(container, 1, SIZE, next);
    await new Promise(setImmediate);
    expect(programs.length).toBe(1);
    letGo();
    await opened;
    expect(programs.length).toBe(2);
    expect(next.beginning!.key).not.toBe(page.beginning!.key);
  });

  it('with its sandbox, whose sentence it passes on, and no other can be opened', async () => {
    const { all, container, programs } = terminals();
    const page = recordedViewer();
    await all.watch(container, 1, SIZE, page);
    all.end({ reason: 'lost', message: 'Your cluster was reset.' });
    expect(page.ending).toEqual({ reason: 'lost', message: 'Your cluster was reset.' });
    expect(programs[0]!.isHungUp()).toBe(true);
    await expect(all.watch(container, 1, SIZE, recordedViewer())).rejects.toMatchObject({
      code: 'gone',
      message: 'Your cluster was reset.',
    });
  });

  it('with its container', async () => {
    const { all, container, programs } = terminals();
    const page = recordedViewer();
    await all.watch(container, 1, SIZE, page);
    programs[0]!.lose(new AppError('sandbox-lost', 'The sandbox is lost.'));
    await soon(() => expect(page.ending).toEqual({ reason: 'lost', message: 'It is gone.' }));
  });
});
