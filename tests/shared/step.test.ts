import { describe, expect, it } from 'vitest';
import type { Step } from '../../shared/protocol.ts';
import { sessionNameOf } from '../../shared/session-name.ts';
import {
  identityOf,
  isBackground,
  pathOf,
  readPageStep,
  sessionOf,
  stepsIn,
  textOf,
  withText,
  type PageStep,
} from '../../shared/step.ts';

const FILE: Step = { id: 'write', kind: 'file', path: 'a.py', text: 'print(1)\n' };
const SHELL: Step = { id: 'open', kind: 'shell', command: 'cockroach sql', session: 'pony:1' };
const SQL: Step = { id: 'ask', kind: 'sql', statements: 'SELECT 1;', user: 'root', session: 'pony:1' };
const ALL = [FILE, SHELL, SQL];
const SOURCE = { file: 'content/tutorials/a.mdx', line: 3 };

describe('a step', () => {
  it('has one text, whatever its kind calls it, which can be replaced', () => {
    expect(ALL.map(textOf)).toEqual(['print(1)\n', 'cockroach sql', 'SELECT 1;']);
    for (const step of ALL) {
      const edited = withText(step, 'mine');
      expect(textOf(edited)).toBe('mine');
      expect(withText(edited, textOf(step))).toEqual(step);
    }
  });

  it('says which file it writes, which shell it is typed into, and whether it keeps running', () => {
    expect(ALL.map(pathOf)).toEqual(['a.py', undefined, undefined]);
    expect(ALL.map(sessionOf)).toEqual([undefined, 'pony:1', 'pony:1']);
    expect([...ALL, { ...SHELL, background: true }].map(isBackground)).toEqual([false, false, false, true]);
  });

  it('keeps the identity that browsers have stored', () => {
    expect(ALL.map(identityOf)).toEqual([
      '["file","print(1)\\n","a.py",null,null]',
      '["shell","cockroach sql",null,null,null]',
      '["sql","SELECT 1;",null,"root",null]',
    ]);
    expect(identityOf({ ...SQL, database: 'bank' })).toBe('["sql","SELECT 1;",null,"root","bank"]');
    expect(identityOf({ ...SHELL, input: 'a', fails: true })).toBe(
      '["shell","cockroach sql",null,null,null,{"input":"a","fails":true}]',
    );
    expect(identityOf({ ...SQL, waits: true })).toBe('["sql","SELECT 1;",null,"root",null,{"waits":true}]');
  });

  it('equals one with another id, but not one with another text, file, user or database', () => {
    const again: Step = { ...SQL, id: 'again' };
    expect(identityOf(again)).toBe(identityOf(SQL));
    const others: Step[] = [
      { ...FILE, path: 'b.py' },
      { ...SQL, user: 'maxroach' },
      { ...SQL, database: 'bank' },
      withText(SQL, 'SELECT 2;'),
      { ...SHELL, shell: 'pony:work' },
      { ...SHELL, input: 'Ada' },
      { ...SQL, fails: true },
    ];
    expect(new Set([...ALL, ...others].map(identityOf)).size).toBe(10);
  });

  it('says how its page names its session, but not the number of a SQL shell', () => {
    const shell: Step = { ...SHELL, shell: 'pony:work' };
    expect([...ALL, shell, { ...SQL, session: 'pony:A' }].map(sessionNameOf)).toEqual([
      undefined,
      undefined,
      undefined,
      'work',
      'A',
    ]);
  });
});

describe('a step of a page', () => {
  const both: PageStep = { step: FILE, mode: null, source: SOURCE };
  const secure: PageStep = { step: SQL, mode: 'secure', expected: { text: '1', unordered: true }, source: SOURCE };

  it('is shown in its mode, or in both', () => {
    expect(stepsIn([both, secure], 'secure')).toEqual([both, secure]);
    expect(stepsIn([both, secure], 'insecure')).toEqual([both]);
    expect(stepsIn([both, secure], null)).toEqual([both]);
  });

  it('is read from its figure as it was written there', () => {
    for (const each of [both, secure]) expect(readPageStep(JSON.stringify(each))).toEqual(each);
  });

  it.each([
    ['nothing', 'null', 'id'],
    ['no step', '{"mode":null}', 'id'],
    ['no id', '{"step":{"kind":"shell","command":"ls"}}', 'id'],
    ['another kind', '{"step":{"id":"a","kind":"python","text":""}}', 'a known kind'],
    ['no path', '{"step":{"id":"a","kind":"file","text":""}}', 'path'],
    ['no command', '{"step":{"id":"a","kind":"shell","text":"ls"}}', 'command'],
    ['no user', '{"step":{"id":"a","kind":"sql","statements":"SELECT 1"}}', 'user'],
  ])('is refused with %s, naming what is missing', (_, json, missing) => {
    expect(() => readPageStep(json)).toThrow(`A step has no ${missing}: ${json}`);
  });
});
