import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TAIL_BYTES } from '../../../server/sandbox/terminal-tail.ts';
import { recordedViewer } from './recorded-viewer.ts';
import { SIZE, soon, terminals, typed } from './terminals.ts';

describe('a page that comes back to its terminal', { timeout: 60_000 }, () => {
  afterEach(() => void vi.useRealTimers());

  it('gets what it has not drawn, to the byte', async () => {
    const { all, container, programs } = terminals();
    const first = recordedViewer();
    const view = await all.watch(container, 1, SIZE, first);
    programs[0]!.tty.write('0123456789');
    await soon(() => expect(first.shown()).toBe('0123456789'));
    view.leave();
    programs[0]!.tty.write('abc');
    const { key } = first.beginning!;
    const second = recordedViewer();
    const again = await all.watch(container, 1, { ...SIZE, from: { key, bytes: 4 } }, second);
    await soon(() => expect(second.shown()).toBe('456789abc'));
    expect(second.beginning).toEqual({ key, bytes: 4 });
    again.leave();
    expect([programs.length, programs[0]!.sizes]).toEqual([1, []]);
  });

  it.each<[what: string, from: { key: string; bytes: number } | undefined]>([
    ['does not say what it has', undefined],
    ['has another program', { key: 'another', bytes: 3 }],
    ['has more than there ever was', { key: '', bytes: 99 }],
  ])('gets all that is held when it %s', async (_, from) => {
    const { all, container, programs } = terminals();
    const first = recordedViewer();
    (await all.watch(container, 1, SIZE, first)).leave();
    programs[0]!.tty.write('0123');
    const second = recordedViewer();
    const key = first.beginning!.key;
    await all.watch(
      container,
      1,
      { ...SIZE, ...(from ? { from: { key: from.key || key, bytes: from.bytes } } : {}) },
      second,
    );
    await soon(() => expect(second.shown()).toBe('0123'));
    expect(second.beginning).toEqual({ key, bytes: 0 });
  });

  it('learns how much of what it gets was already shown to another page', async () => {
    const { all, container, programs } = terminals();
    const first = recordedViewer();
    const view = await all.watch(container, 1, SIZE, first);
    programs[0]!.tty.write('where is the cursor?');
    await soon(() => expect(first.shown()).toBe('where is the cursor?'));
    view.leave();
    programs[0]!.tty.write(' and now?');
    const second = recordedViewer();
    await all.watch(container, 1, SIZE, second);
    expect(second.beginning).toEqual({ key: first.beginning!.key, bytes: 0, old: 20 });
  });

  it('gets the tail after a longer absence, on a screen that the program redraws', async () => {
    const { all, container, programs } = terminals();
    const first = recordedViewer((bytes) => void Promise.resolve().then(() => view.drawn(bytes)));
    let view = await all.watch(container, 1, SIZE, first);
    const { tty, sizes } = programs[0]!;
    tty.write('\x1b[?1049h');
    for (let line = 0; line < 6000; line += 1)
      if (!tty.write(`${String(line).padStart(62, '.')}\r\n`)) await once(tty, 'drain');
    const totalBytes = 8 + 6000 * 64;
    await soon(() => expect(first.shownBytes()).toBe(totalBytes));
    view.leave();
    const second = recordedViewer((bytes) => void Promise.resolve().then(() => view.drawn(bytes)));
    view = await all.watch(container, 1, SIZE, second);
    await soon(() => expect(second.shown()).toMatch(/\.5999\r\n$/));
    expect(second.beginning!.bytes + second.shownBytes()).toBe(totalBytes);
    expect(second.shownBytes()).toBeLessThanOrEqual(TAIL_BYTES + 8);
    expect(second.shown()).toMatch(/^\x1b\[\?1049h/);
    await soon(() => expect(sizes).toEqual(['80x23', '80x24']));
  });

  it('learns how its program ended meanwhile, after its output; an unknown page gets a new program', async () => {
    const { all, container, programs } = terminals();
    const first = recordedViewer();
    const view = await all.watch(container, 1, SIZE, first);
    programs[0]!.tty.write('last ');
    await soon(() => expect(first.shown()).toBe('last '));
    view.leave();
    programs[0]!.tty.write('words');
    programs[0]!.exit(7);
    const second = recordedViewer();
    await all.watch(container, 1, { ...SIZE, from: { key: first.beginning!.key, bytes: 5 } }, second);
    await soon(() => expect(second.ending).toEqual({ reason: 'exited', exitCode: 7 }));
    expect(second.shown()).toBe('words');
    const third = recordedViewer();
    await all.watch(container, 1, { ...SIZE, from: { key: first.beginning!.key, bytes: 10 } }, third);
    expect(third.beginning!.key).not.toBe(first.beginning!.key);
    expect(third.beginning!.bytes).toBe(0);
  });

  it('takes it from the page that has it, which is told and can do nothing more', async () => {
    const { all, container, programs } = terminals();
    const [first, second] = [recordedViewer(), recordedViewer()];
    const old = await all.watch(container, 1, SIZE, first);
    await all.watch(container, 1, SIZE, second);
    expect(first.ending).toEqual({ reason: 'taken' });
    const read = typed(programs[0]!);
    old.type(Buffer.from('late'));
    old.resize({ columns: 1, rows: 1 });
    old.leave();
    programs[0]!.tty.write('for the second');
    await soon(() => expect(second.shown()).toBe('for the second'));
    expect([read(), programs[0]!.sizes, programs.length]).toEqual(['', [], 1]);
  });

  it('keeps what it took from a page that leaves when it is told', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const awayMs = 60_000;
    const { all, container, programs } = terminals({ awayMs });
    const first = recordedViewer();
    const leaving = { ...first, end: () => old.leave() };
    const old = await all.watch(container, 1, SIZE, leaving);
    await all.watch(container, 1, SIZE, recordedViewer());
    vi.advanceTimersByTime(2 * awayMs);
    expect(programs[0]!.isHungUp()).toBe(false);
  });
});
