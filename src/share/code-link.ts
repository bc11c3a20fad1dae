import { MAX_STEP_TEXT_BYTES } from '../../shared/limits.ts';
import { pack, unpack } from './bytes.ts';
import { deceitfulCharacter } from './characters.ts';
import {
  LINK_PROBLEMS,
  linkTooLongSentence,
  notLinkedSentence,
  notShownSentence,
} from '../sentences/link-sentences.ts';

/** The prefix of a fragment with code. Ids of headings never contain `=`. `before-paint.js` knows the prefix too. */
export const CODE_PREFIX = '#code=';
/** The most characters of a fragment that is written: many programs cut or refuse longer addresses. */
export const MAX_CHARACTERS = 16_000;
/** The most characters of a fragment that is read. */
const MAX_READ_CHARACTERS = 64_000;
const MAX_EDITS = 64;
const FORM = 1;

/** One block's code in a link. */
interface SharedEdit {
  id: string;
  /** The hash of the author's text at the time when the link was made. */
  originalHash: string;
  text: string;
}

/** The content of a link, apart from the page and mode that its address names. */
export interface SharedCode {
  /** The page's name, as in `data-tutorial`. */
  page: string;
  edits: SharedEdit[];
}

/** A link's code could not be read or written. The message is a sentence for readers. */
export class LinkError extends Error {}

/**
 * Returns the fragment, including `#`, that carries the code. Throws a LinkError when it is too long or contains
 * characters that links must not contain.
 */
export async function writeFragment({ page, edits }: SharedCode): Promise<string> {
  for (const { text } of edits) {
    const character = deceitfulCharacter(text);
    if (character !== undefined) throw new LinkError(notLinkedSentence(character));
  }
  const packed = await pack(
    JSON.stringify([FORM, page, edits.map(({ id, originalHash, text }) => [id, originalHash, text])]),
  );
  if (packed.length > MAX_CHARACTERS) {
    throw new LinkError(linkTooLongSentence(packed.length, MAX_CHARACTERS));
  }
  return CODE_PREFIX + packed;
}

/**
 * Returns the content of a fragment. Checks only its format; `sortOut` checks that it belongs to the page. Throws a
 * LinkError.
 */
export async function readFragment(fragment: string): Promise<SharedCode> {
  if (fragment.length > MAX_READ_CHARACTERS) throw new LinkError(LINK_PROBLEMS.tooLong);
  const text = await unpack(fragment.slice(CODE_PREFIX.length)).catch((cause: unknown) => {
    if (cause instanceof RangeError) throw new LinkError(LINK_PROBLEMS.tooLong);
    throw broken();
  });
  const code = formOf(text);
  for (const edit of code.edits) {
    const character = deceitfulCharacter(edit.id + edit.text);
    if (character !== undefined) throw new LinkError(notShownSentence(character));
    if (!edit.text.isWellFormed()) throw broken();
    if (new TextEncoder().encode(edit.text).length > MAX_STEP_TEXT_BYTES) throw new LinkError(LINK_PROBLEMS.tooLarge);
  }
  return code;
}

/** For anything that `writeFragment` cannot have written. */
const broken = (): LinkError => new LinkError(LINK_PROBLEMS.broken);

function formOf(text: string): SharedCode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken();
  }
  if (!Array.isArray(value)) throw broken();
  const [form, page, edits] = value as unknown[];
  if (typeof form === 'number' && form > FORM) throw new LinkError(LINK_PROBLEMS.newer);
  if (
    form !== FORM ||
    typeof page !== 'string' ||
    !Array.isArray(edits) ||
    edits.length === 0 ||
    edits.length > MAX_EDITS
  )
    throw broken();
  const read = (edits as unknown[]).map((edit): SharedEdit => {
    if (!Array.isArray(edit) || edit.length !== 3 || !edit.every((part) => typeof part === 'string')) throw broken();
    const [id, originalHash, code] = edit as [string, string, string];
    return { id, originalHash, text: code };
  });
  if (new Set(read.map(({ id }) => id)).size !== read.length) throw broken();
  return { page, edits: read };
}
