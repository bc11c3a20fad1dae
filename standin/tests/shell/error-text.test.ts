import { describe, expect, it } from 'vitest';
import { errorText } from '../../src/shell/error-text.ts';

describe('errorText', () => {
  it('prints code, detail, constraint and hint', () => {
    expect(errorText({ severity: 'ERROR', message: 'm', code: '23505', detail: 'd', hint: 'h', constraint: 'c' })).toBe(
      'ERROR: m\nSQLSTATE: 23505\nDETAIL: d\nCONSTRAINT: c\nHINT: h',
    );
  });

  it('prints no code for a notice', () => {
    expect(errorText({ severity: 'NOTICE', message: 'm', code: '00000' })).toBe('NOTICE: m');
  });
});
