/** An event of a session, as a program printed it. */
export interface LaneEvent {
  /** Milliseconds since the program's start. */
  ms: number;
  session: string;
  attempt: number;
  /** A statement's first word, `error` or `back-off`. */
  what: string;
  outcome: string;
  kind: 'statement' | 'error' | 'rollback' | 'back-off' | 'commit';
}

/** Sessions in the order of their first events, and their events. */
export interface Lanes {
  sessions: string[];
  events: LaneEvent[];
}

/** A line such as ` 12 ms session A attempt 1 UPDATE leave 900`. Columns are separated by two spaces or more. */
const LINE = /^ *(\d{1,9}) ms {2,}session (\w{1,20}) {2,}attempt (\d{1,4}) {2,}([\w-]{1,20})(?: {2,}(.{0,200}))?$/;
const MAX_LANES = 4;
const MAX_EVENTS = 200;
const MAX_LINES = 1000;
const KINDS: Record<string, LaneEvent['kind']> = {
  error: 'error',
  rollback: 'rollback',
  'back-off': 'back-off',
  commit: 'commit',
};

/**
 * Returns the lanes in a program's output, ignoring other lines. Undefined when there are fewer than two sessions or
 * too many events. Pure.
 */
export function lanesIn(printed: string): Lanes | undefined {
  const lines = printed.split('\n', MAX_LINES + 1);
  if (lines.length > MAX_LINES) return undefined;
  const events = lines.flatMap((line): LaneEvent[] => {
    const [, ms, session = '', attempt, what = '', outcome = ''] = LINE.exec(line.trimEnd()) ?? [];
    return ms === undefined
      ? []
      : [
          {
            ms: Number(ms),
            session,
            attempt: Number(attempt),
            what,
            outcome,
            kind: KINDS[what.toLowerCase()] ?? 'statement',
          },
        ];
  });
  const sessions = [...new Set(events.map(({ session }) => session))];
  const isTooMuch = events.length > MAX_EVENTS || sessions.length > MAX_LANES;
  return sessions.length < 2 || isTooMuch ? undefined : { sessions, events };
}
