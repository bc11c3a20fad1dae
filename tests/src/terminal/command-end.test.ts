import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandEnd, SETTLE_MS } from '../../../src/terminal/command-end.ts';

describe('the end of a command in a terminal', () => {
  let heard: number;
  let end: CommandEnd;
  beforeEach(() => {
    vi.useFakeTimers();
    heard = 0;
    end = new CommandEnd(() => (heard += 1));
  });
  afterEach(() => vi.useRealTimers());
  const after = (shown: string): number => {
    end.shown(shown);
    vi.advanceTimersByTime(SETTLE_MS);
    return heard;
  };

  it('is reported once, when the prompt is back', () => {
    end.typed('ls\r');
    expect(after('$ ls')).toBe(0);
    expect(after('')).toBe(0);
    expect(after('$ ')).toBe(1);
    expect(after('$ ')).toBe(1);
  });

  it('is not reported when nothing was entered', () => {
    expect(after('$ ')).toBe(0);
    end.typed('ls');
    expect(after('$ ls')).toBe(0);
    end.stop();
    expect(heard).toBe(0);
  });

  it.each(['root@localhost:26257/bank> ', 'root@localhost:26257/bank  OPEN> ', '>>> '])(
    'is reported at the prompt %s, for several lines at once, and after Ctrl-C',
    (prompt) => {
      end.typed('SELECT 1;\rSELECT 2;\r');
      end.shown(prompt);
      end.shown('SELECT 2;');
      expect(after(prompt)).toBe(1);
      end.typed('\x03');
      expect(after(prompt)).toBe(2);
    },
  );

  it('is reported when the program ends', () => {
    end.typed('exit\r');
    end.stop();
    expect(heard).toBe(1);
  });
});
