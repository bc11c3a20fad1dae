// What is wrong with a request, for whoever wrote the client; a few of these every reader may meet.

/** For requests that have no better sentence. */
export const REQUEST_INVALID = 'The request is not valid.';
/** The client went away before its body had come. */
export const REQUEST_BROKE_OFF = 'The request broke off.';
/** It reaches no route. */
export const ADDRESS_INVALID = 'The address or the Host of the request is not valid.';
/** Below `/api`. */
export const NO_SUCH_ROUTE = 'The API has no such address.';
/** A plain request for a terminal. */
export const NOT_AN_UPGRADE = 'A terminal is a WebSocket: ask for an upgrade.';
/** What a stream is resumed after. */
export const EVENT_ID_INVALID = 'Last-Event-ID must be the number of an event.';

/** It cannot be parsed. */
export const BODY_NOT_JSON = 'The body must be JSON.';
/** Bodies in chunks are refused. */
export const BODY_WITHOUT_LENGTH = 'The request must say how large its body is, in Content-Length.';

/** A body has more than so many bytes, or more than is said. */
export function bodyTooLargeSentence(mostBytes?: number): string {
  return mostBytes === undefined ? 'The request is too large.' : `The request is larger than ${mostBytes >> 20} MiB.`;
}

/** What a field must be; `place` is its path: `steps.0.text`. */
export function fieldSentence(place: string, must: string): string {
  return `${place}: ${must}.`;
}

/** How much of a client's input is quoted in an error, in characters: a key may be a megabyte long. */
const MAX_QUOTED = 60;

/** An object has a key that it must not have; `others`: how many more such keys. */
export function unknownKeySentence(place: string, key: string, others: number): string {
  const quoted = JSON.stringify(key.slice(0, MAX_QUOTED).toWellFormed());
  const cut = key.length > MAX_QUOTED ? `, cut after ${MAX_QUOTED} of ${key.length} characters,` : '';
  const more = others > 0 ? ` and ${others} more` : '';
  return `${place}: unknown key ${quoted}${cut}${more}.`;
}

/** What the fields of requests must be. */
export const MUST = {
  /** A text of at most so many bytes. */
  beOfBytes: (most: number): string => `must be at most ${most / 1024} KiB`,
  /** A number of at most so much. */
  beAtMost: (most: number): string => `must be at most ${most}`,
  holdNoNul: 'must not hold a NUL character',
  beWellFormed: 'must be text: it holds half of a character',
  beName: 'must be letters, digits, _ or -, and not begin with -',
  bePath: 'must be a relative path of plain names',
  stayHome: 'must not leave the home directory',
  /** One that a sandbox can load ahead of a run. */
  beModule: (languages: readonly string[]): string => `must be the name of a ${languages.join(' or ')} module`,
  beWhole: 'must be a whole number',
};

/** A page of another site asked. */
export const ONLY_OWN_PAGES = 'Only pages of this site may do that.';
/** The same, of a WebSocket. */
export const ONLY_OWN_PAGES_TERMINAL = 'Only pages of this site may open a terminal.';
/** A site that is not named there asked, or our own. */
export const ONLY_NAMED_SITES =
  'Only pages of other sites get a token, of those that the operator of this server names in EMBED_ORIGINS.';
/** The Host of the request is neither PUBLIC_ORIGIN's nor this machine's. */
export const OTHER_HOST = 'This server does not answer under that name. Its operator can set PUBLIC_ORIGIN.';
/** It is a day old, or of a server before this one. */
export const UNKNOWN_TOKEN = 'The token of this page is not known here, or no longer: ask for another.';

/** Another site of the same domain may have set one of them. */
export function twoCookiesSentence(name: string): string {
  return (
    `Your browser sent two cookies called ${name}, and this site set only one: delete the cookies of ` +
    'this site, and try again.'
  );
}

/** Too much of one kind is under way for somebody: `Too many requests are under way for you: …`. */
export function tooManySentence(what: string, whose: string): string {
  return (
    `Too many ${what} are under way for ${whose}: wait for some of them to end, or ` +
    'close pages that you do not need.'
  );
}

/** A failure on our side that nobody foresaw; its id follows. */
export const FAILED_ON_OUR_SIDE = 'Something failed on our side. It has been logged.';
