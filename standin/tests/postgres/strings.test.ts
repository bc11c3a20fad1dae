import { describe } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('functions on strings and bytes', () => {
  const standin = useStandin();

  describe("return CockroachDB's types and take its integers", () => {
    expectAnswers(standin, {
      "length('köln'), length(b'köln'), octet_length('köln'), bit_length('kö'), length(B'1010')": '4 | 5 | 5 | 24 | 4',
      "length('abc') + 9223372036854775804": '9223372036854775807',
      "substr('harbour', 4::INT8, 2::INT8), substring('harbour' FROM 4::INT8), left('harbour', 3::INT8)":
        'bo | bour | har',
      "substr('harbour', 9000000000), substr('harbour', 2, 9000000000), right('harbour', 9000000000)":
        ' | arbour | harbour',
      "right('harbour'::BYTES, 2)::STRING, left(b'\\x01\\x02\\x03', -2)": '\\x7572 | \\x01',
      "lpad('7', 3::INT8, '0'), rpad('7', 2), repeat('ab', 2::INT8), chr(8364), ascii('€')":
        '007 | 7  | abab | € | 8364',
      "split_part('10.0.0.1', '.', 4::INT8), overlay('harbour' PLACING 'XX' FROM 2 FOR 3)": '1 | hXXour',
      "position('r' IN 'harbour'), strpos(b'\\x01\\x02', b'\\x02'), position(B'01' IN B'1101')": '3 | 2 | 3',
      "to_hex(4096), to_hex(-2), to_hex('Az'), get_bit(B'0100', 1), set_bit(B'0000', 3, 1)":
        '1000 | fffffffffffffffe | 417a | 1 | 0001',
    });
  });

  describe('are strict where CockroachDB is', () => {
    expectAnswers(standin, {
      "split_part('a.b', '.', -1)": '22023 split_part(): field position -1 must be greater than zero',
      "substring('harbour', 1, -4)": '22023 substring(): negative substring length -4 not allowed',
      "ascii('')": '22023 ascii(): the input string must not be empty',
      'chr(-7)': '22023 chr(): input value must be >= 0',
      "repeat('abc', 1000000000000)": '54000 repeat(): requested length too large',
      "lpad('', 1000000000000)": '54000 lpad(): requested length too large',
      "overlay('abc' PLACING 'x' FROM 0)": '22023 overlay(): non-positive substring length not allowed: 0',
      "encode(b'a', 'rot13')": "22023 encode(): only 'hex', 'escape', and 'base64' formats are supported for encode()",
      "get_bit(b'\\x00', 8)": '22023 get_bit(): bit index 8 out of valid range (0..7)',
    });
  });

  describe('hash several strings as one', () => {
    expectAnswers(standin, {
      "sha1('The quick brown fox jumps over the lazy dog')": '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
      "sha1('a', 'b') = sha1('ab'), sha1(b'ab') = sha1('ab'), md5(NULL::STRING), md5('x', NULL) = md5('x')":
        't | t | NULL | t',
      "sha256('')": 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      "fnv32('hello'), fnv32a('hello'), fnv64('hello'), fnv64a('hello')":
        '3069866343 | 1335831723 | 8883723591023973575 | -6615550055289275125',
      "crc32ieee('123456789'), crc32c('123456789')": '3421780262 | 3808858755',
    });
  });

  describe('escape and encode', () => {
    expectAnswers(standin, {
      "quote_literal('it''s'), quote_literal('c:\\dir'), quote_literal(1.5), quote_nullable(NULL::STRING)":
        "e'it\\'s' | e'c:\\\\dir' | '1.5' | NULL",
      "encode(repeat('a', 60)::BYTES, 'base64') LIKE '%YWFh', decode('AQID', 'base64'), encode(b'\\x00a', 'escape')":
        't | \\x010203 | \\000a',
      "from_uuid(to_uuid('{63616665-6630-3064-6465-616462656566}')), from_uuid(b'0123456789abcdef')":
        '63616665-6630-3064-6465-616462656566 | 30313233-3435-3637-3839-616263646566',
      "from_ip(to_ip('192.168.0.1')), from_ip(to_ip('::1')), encode(to_ip('1.2.3.4'), 'hex')":
        '192.168.0.1 | ::1 | 00000000000000000000ffff01020304',
      "to_ip('1.2.3')": "22023 to_ip(): invalid IP format: '1.2.3'",
      "uuid_v4()::UUID IS NOT NULL, b'0123456789abcdef'::UUID": 't | 30313233-3435-3637-3839-616263646566',
    });
  });

  describe('concatenate strings, and nothing else', () => {
    expectAnswers(standin, {
      "concat('a', NULL, 'c'), concat_ws('-', 'a', NULL, 'c'), concat() = ''": 'ac | a-c | t',
      "substring('key=value' FROM '=(.*)'), regexp_extract('tel 555-1234', '[0-9]+'), regexp_extract('a', 'b')":
        'value | 555 | NULL',
    });
  });

  describe('match regular expressions as RE2 does', () => {
    expectAnswers(standin, {
      "'a cat' ~ '\\bcat\\b', 'concat' ~ '\\bcat', 'concat' ~ '\\Bcat\\z', 'a\\b' ~ '\\\\b'": 't | f | t | t',
      "'CAT' ~* '\\bcat', 'cat' !~ '\\bat', 'dog' !~* '\\bDOG'": 't | t | f',
      "regexp_replace('cat concat', '\\bcat', 'dog', 'g'), substring('a 12b 34', '\\b(\\d+)\\b')": 'dog concat | 34',
      "regexp_split_to_array('a, b,c', ',\\s*'), regexp_replace('a.b', '.', '', 'g')": '{a,b,c} | ',
      "regexp_replace('abc', 'b', '', 'q')": "22023 regexp_replace(): invalid regexp flag: 'q'",
      "substring('a*b' FROM '#*b' FOR '#'), 'abc' SIMILAR TO '(a|x)%'": '*b | t',
    });
  });
});
