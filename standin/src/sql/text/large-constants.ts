import { lex } from './lexer.ts';

/** Whether a statement holds an integer constant that PostgreSQL reads as INT8, because INT4 cannot hold it. */
export function hasLargeConstant(source: string): boolean {
  return lex(source).some(({ kind, value }) => kind === 'number' && /^\d+$/.test(value) && Number(value) >= 2 ** 31);
}
