/** Why a claim waits, as the API told it. */
export interface Wait {
  /** The server's sentence. */
  reason: string;
  /** The seconds until the next attempt. */
  seconds: number;
  /** The reader's place in the queue: 1 is the next. Undefined when there is no queue for it. */
  place?: number | undefined;
  /** An estimate of the time until it is their turn, if anything is known about it. */
  waitMs?: number | undefined;
}

/** A wait in words. */
export interface WaitWords {
  long: string;
  /** In a few words, for narrow bars. */
  short: string;
  /** For screen readers, which hear it when `news` changes, and not every second. */
  status: string;
  news: string;
}

/** Returns why a claim waits, and for how long. */
export function waitWords({ reason, seconds, place, waitMs }: Wait): WaitWords {
  if (place === undefined)
    return {
      long: `${reason} Waiting; the next try is in ${seconds} s.`,
      short: 'Waiting',
      status: `${reason} Waiting; it will go on by itself.`,
      news: reason,
    };
  const number = place === 1 ? 'next' : `number ${place}`;
  const long = `${reason} You are ${number} in the queue${waitMs === undefined ? '' : `; ${timeWords(waitMs)}`}.`;
  return { long, short: place === 1 ? 'Next in the queue' : `In the queue: ${place}`, status: long, news: number };
}

const MINUTE_MS = 60_000;

function timeWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 1) return 'less than a minute';
  if (minutes >= 60) return 'an hour or more';
  return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
}
