import { describe, expect, it } from 'vitest';
import { Settings } from '../../src/shell/settings.ts';

describe('Settings', () => {
  const settings = () =>
    new Settings({ format: 'table', errexit: false, echo: false, showTimes: true, checkSyntax: true });

  it('changes known settings, and refuses others', () => {
    const changed = settings();
    expect([
      changed.set('errexit', undefined),
      changed.set('display_format', 'csv'),
      changed.set('display_format', 'x'),
      changed.set('nosuch', '1'),
      changed.set('echo', 'perhaps'),
      changed.set('toString', '1'),
    ]).toEqual([true, true, expect.stringMatching(/^invalid table display format: x \(/), false, false, false]);
    expect([changed.is('errexit'), changed.format]).toEqual([true, 'csv']);
  });

  it('resets settings to their initial values', () => {
    const changed = settings();
    changed.set('display_format', 'csv');
    changed.unset('display_format');
    changed.unset('show_times');
    expect([changed.format, changed.is('show_times')]).toEqual(['table', false]);
  });
});
