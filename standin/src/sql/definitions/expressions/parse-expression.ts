import { isName, isSign, isWord, type Token } from '../../text/tokens.ts';
import { UnreadableExpression, type Expression } from './expression.ts';
import { readType } from './parse-type.ts';

/** Binary operators by how strongly they bind, the weakest first (CockroachDB's grammar, sql.y). */
const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['is'],
  ['<', '>', '<=', '>=', '<>', '!=', '=', '@>', '<@', '?', '?|', '?&'],
  ['~', '!~', '~*', '!~*', 'like', 'ilike', 'in', 'between', 'similar', 'not'],
  ['||', '->', '->>', '#>', '#>>', '#-'],
  ['|'],
  ['#'],
  ['&', '&&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%'],
  ['^'],
];
const IS_LEVEL = 2;
const MATCH_LEVEL = 4;
/** Special forms, which CockroachDB prints in capitals. */
const SPECIAL = ['coalesce', 'if', 'ifnull', 'nullif'];
/** Functions that may be written without parentheses. */
const WITHOUT_PARENTHESES = `current_date current_timestamp current_time current_user current_role current_catalog
  current_schema localtime localtimestamp session_user`.split(/\s+/);

/** Reads tokens as an expression. Throws UnreadableExpression for what it does not know. */
export function parseExpression(tokens: readonly Token[]): Expression {
  const parser = new Parser(tokens);
  const expression = parser.expression(0);
  parser.end();
  return expression;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens.filter(({ kind }) => kind !== 'end');
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new UnreadableExpression();
  }

  expression(level: number): Expression {
    if (level === 2 && this.#skip('not')) return { kind: 'unary', operator: 'NOT', operand: this.expression(2) };
    if (level >= LEVELS.length) return this.#unary();
    let left = this.expression(level + 1);
    for (;;) {
      const next = level === IS_LEVEL ? this.#test(left) : this.#operation(left, level);
      if (!next) return left;
      left = next;
    }
  }

  #operation(left: Expression, level: number): Expression | undefined {
    const token = this.#tokens[this.#at];
    const isOperator = token?.kind === 'sign' || token?.kind === 'word';
    if (!isOperator || !LEVELS[level]!.includes(token.value)) return undefined;
    if (level === MATCH_LEVEL) return this.#match(left);
    this.#at++;
    const operator = token.value === '<>' ? '!=' : token.value.toUpperCase();
    return { kind: 'binary', operator, left, right: this.expression(level + 1) };
  }

  /** LIKE, IN, BETWEEN and the like, perhaps after NOT. */
  #match(left: Expression): Expression | undefined {
    const not = isWord(this.#tokens[this.#at], 'not') ? 'NOT ' : '';
    const word = this.#tokens[this.#at + (not ? 1 : 0)];
    if (not && !isWord(word, 'like', 'ilike', 'in', 'between', 'similar')) return undefined;
    this.#at += not ? 2 : 1;
    let operator = `${not}${word!.value.toUpperCase()}`;
    if (isWord(word, 'similar')) {
      this.#expect('to');
      operator += ' TO';
    }
    if (!isWord(word, 'between')) return { kind: 'binary', operator, left, right: this.expression(MATCH_LEVEL + 1) };
    const low = this.expression(MATCH_LEVEL + 1);
    this.#expect('and');
    return { kind: 'between', operator, operand: left, low, high: this.expression(MATCH_LEVEL + 1) };
  }

  /** IS NULL and the like. */
  #test(operand: Expression): Expression | undefined {
    if (!this.#skip('is')) return undefined;
    const not = this.#skip('not') ? 'NOT ' : '';
    const word = ['null', 'true', 'false', 'unknown'].find((each) => this.#skip(each));
    if (word !== undefined) return { kind: 'test', operand, suffix: `IS ${not}${word.toUpperCase()}` };
    this.#expect('distinct');
    this.#expect('from');
    return { kind: 'binary', operator: `IS ${not}DISTINCT FROM`, left: operand, right: this.expression(IS_LEVEL + 1) };
  }

  #unary(): Expression {
    for (const operator of ['-', '+', '~'])
      if (this.#skip(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    let operand = this.#primary();
    for (;;) {
      const style = (['::', ':::'] as const).find((sign) => this.#skip(sign));
      if (style) operand = { kind: 'cast', operand, type: this.#type(), style };
      else if (this.#skip('[')) {
        operand = { kind: 'subscript', operand, index: this.expression(0) };
        this.#expect(']');
      } else return operand;
    }
  }

  #primary(): Expression {
    const token = this.#tokens[this.#at++];
    if (!token) throw new UnreadableExpression();
    if (token.kind === 'number' && !/[xX_]/.test(token.value)) return { kind: 'number', text: token.value };
    if (token.kind === 'string') return { kind: 'string', value: token.value.slice(1, -1).replaceAll("''", "'") };
    if (token.kind === 'bytes') return bytesOf(token);
    if (isSign(token, '(')) return { kind: 'tuple', items: this.#list(')') };
    if (!isName(token)) throw new UnreadableExpression();
    if (isWord(token, 'true', 'false', 'null')) return { kind: 'constant', word: token.value };
    if (isWord(token, 'case')) return this.#case();
    if (isWord(token, 'array') && this.#skip('[')) return { kind: 'array', items: this.#list(']') };
    if (isWord(token, 'cast') && this.#skip('(')) return this.#cast();
    return this.#named(token);
  }

  /** A column, a call or a typed constant. */
  #named(token: Token): Expression {
    const next = this.#tokens[this.#at];
    if (next?.kind === 'string') {
      this.#at--;
      return { kind: 'cast', ...this.#typedConstant() };
    }
    if (isWord(token, 'extract') && this.#skip('(')) return this.#extract();
    if (this.#skip('(')) {
      if (this.#skip('*')) throw new UnreadableExpression();
      const isSpecial = isWord(token, ...SPECIAL);
      const name = isSpecial ? token.value.toUpperCase() : token.value;
      return { kind: 'call', name, operands: this.#list(')'), isSpecial };
    }
    if (isWord(token, ...WITHOUT_PARENTHESES))
      return { kind: 'call', name: token.value, operands: [], isSpecial: false };
    let name = token.value;
    while (this.#skip('.')) {
      const part = this.#tokens[this.#at++];
      if (!isName(part) || isSign(this.#tokens[this.#at], '(')) throw new UnreadableExpression();
      name = part.value;
    }
    return { kind: 'column', name };
  }

  #typedConstant(): { operand: Expression; type: string; style: ':::' } {
    const type = this.#type();
    return { operand: this.#primary(), type, style: ':::' };
  }

  #extract(): Expression {
    const part = this.#tokens[this.#at++];
    if (!part || !['word', 'quoted', 'string'].includes(part.kind)) throw new UnreadableExpression();
    if (!this.#skip('from')) this.#expect(',');
    const value = part.kind === 'string' ? part.value.slice(1, -1) : part.value;
    const operands: Expression[] = [{ kind: 'string', value }, this.expression(0)];
    this.#expect(')');
    return { kind: 'call', name: 'extract', operands, isSpecial: false };
  }

  #case(): Expression {
    const operand = isWord(this.#tokens[this.#at], 'when') ? undefined : this.expression(0);
    const branches: [Expression, Expression][] = [];
    while (this.#skip('when')) {
      const condition = this.expression(0);
      this.#expect('then');
      branches.push([condition, this.expression(0)]);
    }
    const otherwise = this.#skip('else') ? this.expression(0) : undefined;
    this.#expect('end');
    return { kind: 'case', branches, ...(operand && { operand }), ...(otherwise && { otherwise }) };
  }

  #cast(): Expression {
    const operand = this.expression(0);
    this.#expect('as');
    const type = this.#type();
    this.#expect(')');
    return { kind: 'cast', operand, type, style: 'CAST' };
  }

  #type(): string {
    const read = readType(this.#tokens, this.#at);
    if (!read) throw new UnreadableExpression();
    this.#at = read.after;
    return read.type;
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#skip(close)) return items;
    do items.push(this.expression(0));
    while (this.#skip(','));
    this.#expect(close);
    return items;
  }

  #skip(value: string): boolean {
    const token = this.#tokens[this.#at];
    const isNext = isSign(token, value) || isWord(token, value);
    if (isNext) this.#at++;
    return isNext;
  }

  #expect(value: string): void {
    if (!this.#skip(value)) throw new UnreadableExpression();
  }
}

/** A `b'…'` literal without escapes, or an `x'…'` literal. */
function bytesOf({ value }: Token): Expression {
  const [, kind, text] = /^([bx])'([^'\\]*)'$/i.exec(value) ?? [];
  if (kind === undefined) throw new UnreadableExpression();
  const operand: Expression = { kind: 'string', value: kind.toLowerCase() === 'x' ? `\\x${text}` : text! };
  return { kind: 'cast', operand, type: 'BYTES', style: ':::' };
}
