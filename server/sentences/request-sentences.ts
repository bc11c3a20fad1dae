// Sentences about invalid or refused requests, mostly for developers of clients; readers see only a few of them.

/** For invalid requests without a more specific sentence. */
export const REQUEST_INVALID = 'The request is not valid.';
/** The client disconnected before it had sent the whole body. */
export const REQUEST_BROKE_OFF = 'The request broke off.';
/** The URL or the Host cannot be parsed. */
export const ADDRESS_INVALID = 'The address or the Host of the request is not valid.';
/** No route below `/api` matches. */
export const NO_SUCH_ROUTE = 'The API has no such address.';
/** The request for a terminal is not for a WebSocket. */
export const NOT_AN_UPGRADE = 'A terminal is a WebSocket: ask for an upgrade.';
/** The `Last-Event-ID` with which a stream is resumed is invalid. */
export const EVENT_ID_INVALID = 'Last-Event-ID must be the number of an event.';

/** The body is not JSON. */
export const BODY_NOT_JSON = 'The body must be JSON.';
/** The body is chunked, and so has no Content-Length. */
export const BODY_WITHOUT_LENGTH = 'The request must say how large its body is, in Content-Length.';

/** Returns the sentence for a body that is too large, with the limit if it is known. */
export function bodyTooLargeSentence(maxBytes?: number): string {
  return maxBytes === undefined ? 'The request is too large.' : `The request is larger than ${maxBytes >> 20} MiB.`;
}

/**
 * Returns the sentence for an invalid field; `place` is its path, such as `steps.0.text`, and `must` what it must be.
 */
export function fieldSentence(place: string, must: string): string {
  return `${place}: ${must}.`;
}

/** How much of a client's input is quoted in an error, in characters: a key may be a megabyte long. */
const MAX_QUOTED = 60;

/** Returns the sentence for an object with an unknown key; `others` is the number of further unknown keys. */
export function unknownKeySentence(place: string, key: string, others: number): string {
  const quoted = JSON.stringify(key.slice(0, MAX_QUOTED).toWellFormed());
  const cut = key.length > MAX_QUOTED ? `, cut after ${MAX_QUOTED} of ${key.length} characters,` : '';
  const more = others > 0 ? ` and ${others} more` : '';
  return `${place}: unknown key ${quoted}${cut}${more}.`;
}

/** What fields of requests must be. */
export const MUST = {
  /** For a text of at most that many bytes. */
  beOfBytes: (most: number): string => `must be at most ${most / 1024} KiB`,
  /** For a number of at most that. */
  beAtMost: (most: number): string => `must be at most ${most}`,
  holdNoNul: 'must not hold a NUL character',
  beWellFormed: 'must be text: it holds half of a character',
  beName: 'must be letters, digits, _ or -, and not begin with -',
  bePath: 'must be a relative path of plain names',
  stayHome: 'must not leave the home directory',
  /** For the name of a module that sandboxes can load in advance. */
  beModule: (languages: readonly string[]): string => `must be the name of a ${languages.join(' or ')} module`,
  haveSession: 'must be left out of a step without a session',
  beWhole: 'must be a whole number',
};

/** A page of another site sent the request. */
export const ONLY_OWN_PAGES = 'Only pages of this site may do that.';
/** A page of another site asked for a terminal's WebSocket. */
export const ONLY_OWN_PAGES_TERMINAL = 'Only pages of this site may open a terminal.';
/** A token was requested by this site or by one that is not in EMBED_ORIGINS. */
export const ONLY_NAMED_SITES =
  'Only pages of other sites get a token, of those that the operator of this server names in EMBED_ORIGINS.';
/** The request's Host is neither that of PUBLIC_ORIGIN nor a loopback name. */
export const OTHER_HOST = 'This server does not answer under that name. Its operator can set PUBLIC_ORIGIN.';
/** The token is more than a day old, or from before the server's last start. */
export const UNKNOWN_TOKEN = 'The token of this page is not known here, or no longer: ask for another.';

/** Returns the sentence for two cookies with that name, one of which another site on the same host may have set. */
export function twoCookiesSentence(name: string): string {
  return (
    `Your browser sent two cookies called ${name}, and this site set only one: delete the cookies of ` +
    'this site, and try again.'
  );
}

/** Returns the sentence for too many things of one kind at once: `Too many requests are under way for you: …`. */
export function tooManySentence(what: string, whose: string): string {
  return (
    `Too many ${what} are under way for ${whose}: wait for some of them to end, or ` +
    'close pages that you do not need.'
  );
}

/** Returns the sentence for too many things of one kind in a minute: `Too many runs in the last minute for you: …`. */
export function tooOftenSentence(what: string, whose: string): string {
  return `Too many ${what} in the last minute for ${whose}: wait a moment.`;
}

/** An unexpected failure on our side; an id follows. */
export const FAILED_ON_OUR_SIDE = 'Something failed on our side. It has been logged.';
