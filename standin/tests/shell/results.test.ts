import { describe, expect, it } from 'vitest';
import { readResults, type ServerEvent } from '../../src/shell/results.ts';

const columns = (...names: string[]): ServerEvent => ({ type: 'columns', names, types: names.map(() => 20) });
const row = (...values: string[]): ServerEvent => ({ type: 'row', values });
const complete = (tag: string): ServerEvent => ({ type: 'complete', tag });
const error: ServerEvent = { type: 'error', error: { message: 'division by zero', code: '22012' } };
const shown = (...events: ServerEvent[]) => {
  const { results, error: failure } = readResults(events);
  return { answers: results.map(({ names, rows, tag }) => [names.join(), rows.length, tag]), error: failure?.message };
};

describe('readResults', () => {
  it('returns each answer with rows', () => {
    expect(
      shown(columns('a'), row('1'), complete('SELECT 1'), columns('b'), row('2'), row('3'), complete('SELECT 2')),
    ).toEqual({
      answers: [
        ['a', 1, 'SELECT 1'],
        ['b', 2, 'SELECT 2'],
      ],
      error: undefined,
    });
  });

  it('returns only the last of several statements without rows', () => {
    expect(shown(complete('CREATE TABLE'), complete('INSERT 0 3'))).toEqual({
      answers: [['', 0, 'INSERT 0 3']],
      error: undefined,
    });
  });

  it('leaves out statements without rows before one with rows', () => {
    expect(shown(complete('CREATE TABLE'), columns('a'), row('1'), complete('SELECT 1'))).toEqual({
      answers: [['a', 1, 'SELECT 1']],
      error: undefined,
    });
  });

  it('returns only the error when no answer has arrived', () => {
    expect(shown(complete('INSERT 0 1'), error)).toEqual({ answers: [], error: 'division by zero' });
    expect(shown(columns('a'), error)).toEqual({ answers: [], error: 'division by zero' });
  });

  it('drops an error after rows, and keeps the tag before it when columns have arrived', () => {
    expect(shown(columns('a'), row('1'), complete('SELECT 1'), error)).toEqual({
      answers: [['a', 1, 'SELECT 1']],
      error: undefined,
    });
    expect(shown(columns('a'), row('1'), complete('SELECT 1'), columns('b'), error)).toEqual({
      answers: [
        ['a', 1, 'SELECT 1'],
        ['b', 0, 'SELECT 1'],
      ],
      error: undefined,
    });
  });

  it('keeps an answer without rows, and the answer to an empty statement', () => {
    expect(shown(columns('a'), complete('SELECT 0'), columns('b'), row('1'), complete('SELECT 1'))).toEqual({
      answers: [
        ['a', 0, 'SELECT 0'],
        ['b', 1, 'SELECT 1'],
      ],
      error: undefined,
    });
    expect(shown({ type: 'empty' })).toEqual({ answers: [['', 0, undefined]], error: undefined });
  });
});
