import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_BYTES, pack, unpack } from '../../../src/share/bytes.ts';
import {
  CODE_PREFIX,
  LinkError,
  MAX_CHARACTERS,
  readFragment,
  writeFragment,
  type SharedCode,
} from '../../../src/share/code-link.ts';

const code: SharedCode = {
  page: 'pony',
  edits: [
    { id: 'one', originalHash: 'a1', text: 'print("<b>ä 🙂</b>")\n\t# {int} …\n' },
    { id: 'two', originalHash: 'b2', text: '' },
  ],
};
const deflated = (bytes: Buffer): string => CODE_PREFIX + deflateRawSync(bytes).toString('base64url');
const holding = (value: unknown): string =>
  deflated(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const withText = (text: string): string => holding([1, 'pony', [['one', 'a1', text]]]);
/** Returns text that cannot be compressed below its entropy. */
const dense = (bytes: number): string => randomBytes(bytes).toString('base64');

describe('a link with code', () => {
  it('returns, byte for byte, what was put into it, in characters that URLs leave unchanged', async () => {
    const fragment = await writeFragment(code);
    expect(fragment).toMatch(/^#code=[\w-]+$/);
    expect(new URL(`http://a/${fragment}`).hash).toBe(fragment);
    expect(await readFragment(fragment)).toEqual(code);
  });

  it('is readable by others: raw deflate in base64url', async () => {
    expect(await unpack(deflateRawSync('ä').toString('base64url'))).toBe('ä');
    expect(await unpack(await pack('a'.repeat(100_000)))).toBe('a'.repeat(100_000));
  });

  it('is not made when programs would truncate it: the sentence says how long it would be', async () => {
    const long = { page: 'pony', edits: [{ id: 'one', originalHash: 'a1', text: dense(40_000) }] };
    const refused = await writeFragment(long).then(
      (fragment) => `made, with ${fragment.length} characters`,
      (cause: Error) => cause.message,
    );
    const tooLong = /^Your edits are too long for a link: it would have \d{5} characters, /;
    const limit = /and many programs cut off links longer than 16000\.$/;
    expect(refused).toMatch(new RegExp(tooLong.source + limit.source));
    expect((await writeFragment(code)).length).toBeLessThan(MAX_CHARACTERS);
  });

  it.each([
    ['\u202e', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\0', 'U+0000'],
    ['\u001b', 'U+001B'],
    ['\r', 'U+000D'],
    ['\u0085', 'U+0085'],
  ])('neither carries nor shows %j, which makes code look different from what it is', async (character, name) => {
    const text = `access = "user${character}"`;
    await expect(writeFragment({ page: 'pony', edits: [{ id: 'one', originalHash: '', text }] })).rejects.toThrow(
      `they hold ${name}, a character that makes code look different from what it is`,
    );
    await expect(readFragment(withText(text))).rejects.toThrow(
      `it holds ${name}, a character that makes code look different from what it is`,
    );
  });
});

describe('a link that we did not make', () => {
  const BROKEN = /^The code in this link cannot be read: the link was cut off or changed on its way\.$/;

  it.each([
    ['nothing', CODE_PREFIX],
    ['no letters of ours', `${CODE_PREFIX}<img src=x>`],
    ['an odd number of letters', `${CODE_PREFIX}a`],
    ['nothing that was compressed', `${CODE_PREFIX}AAAA____`],
    ['no JSON', holding('{')],
    ['no list', holding({ page: 'pony' })],
    ['no text', deflated(Buffer.from([0xff, 0xfe, 0x22]))],
    ['no form', holding([])],
    ['an older form than any', holding([0, 'pony', [['one', 'a', 'b']]])],
    ['no page', holding([1, null, [['one', 'a', 'b']]])],
    ['no edits', holding([1, 'pony', []])],
    ['edits that are no lists', holding([1, 'pony', [{ id: 'one' }]])],
    ['an edit with numbers', holding([1, 'pony', [['one', 'a', 7]]])],
    ['an edit too few', holding([1, 'pony', [['one', 'a']]])],
    [
      'the same block twice',
      holding([
        1,
        'pony',
        [
          ['one', 'a', 'b'],
          ['one', 'a', 'c'],
        ],
      ]),
    ],
    [
      'more blocks than a page has',
      holding([1, 'pony', Array.from({ length: 65 }, (_, index) => [`${index}`, 'a', 'b'])]),
    ],
    ['half of a character', withText('\ud800')],
  ])('says so, when there is %s', async (_, fragment) => {
    await expect(readFragment(fragment)).rejects.toThrow(BROKEN);
    await expect(readFragment(fragment)).rejects.toBeInstanceOf(LinkError);
  });

  it('says so, wherever it was cut off', async () => {
    const fragment = await writeFragment(code);
    for (let length = CODE_PREFIX.length; length < fragment.length; length += 1)
      await expect(readFragment(fragment.slice(0, length))).rejects.toThrow(BROKEN);
  });

  it('says that it is newer than this page', async () => {
    await expect(readFragment(holding([2, 'what comes then']))).rejects.toThrow('made by a newer version of this site');
  });

  it('is not decompressed beyond what a link may contain', async () => {
    const bomb = deflateRawSync(Buffer.alloc(40_000_000, ' '));
    expect(bomb.length).toBeLessThan(48_000);
    await expect(readFragment(CODE_PREFIX + bomb.toString('base64url'))).rejects.toThrow(
      'The code in this link is too long to be read.',
    );
    await expect(unpack(bomb.toString('base64url'), 1000)).rejects.toBeInstanceOf(RangeError);
    await expect(unpack(deflateRawSync(Buffer.alloc(MAX_BYTES, ' ')).toString('base64url'))).resolves.toHaveLength(
      MAX_BYTES,
    );
    await expect(unpack(deflateRawSync(Buffer.alloc(MAX_BYTES + 1, ' ')).toString('base64url'))).rejects.toBeInstanceOf(
      RangeError,
    );
  });

  it('is not even read when it is too long', async () => {
    await expect(readFragment(CODE_PREFIX + 'a'.repeat(64_000))).rejects.toThrow('too long to be read');
  });

  it('has no block with more text than a step can hold', async () => {
    await expect(readFragment(withText('a'.repeat(65_537)))).rejects.toThrow('longer than what can be run here');
    await expect(readFragment(withText('a'.repeat(65_536)))).resolves.toBeDefined();
  });
});
