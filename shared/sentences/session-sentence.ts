import type { SessionEnd, SessionNews } from '../protocol.ts';

/**
 * Returns a sentence about what happened to a step's SQL session. Empty for unknown causes, which an older page may
 * have stored or a newer server may send.
 */
export function sessionSentence(news: SessionNews): string {
  if (news.cause === 'left-open')
    return (
      'The step ended inside a transaction, which was rolled back: its session ended with it. ' +
      'Steps share a session below a `cockroach sql` step.'
    );
  if (news.cause === 'rolled-back') return 'Its transaction was rolled back.';
  const why = whySentence(news);
  if (why === undefined) return '';
  const lost =
    news.transaction === undefined
      ? 'What was set in it is gone: variables, prepared statements, temporary tables.'
      : 'Its open transaction was rolled back, and what was set in it is gone.';
  return `${why} ${lost} This step is in a new one.`;
}

function whySentence(news: SessionEnd): string | undefined {
  switch (news.cause) {
    case 'unused': {
      const where = news.transaction === undefined ? 'it' : 'its open transaction';
      return `The SQL session was ended because nothing was done in ${where} for ${spanOf(news.unusedMs)}.`;
    }
    case 'lost':
      return 'The database ended the SQL session.';
    case 'stopped':
      return 'The SQL session was ended with the statement that you stopped.';
    case 'timed-out':
      return 'The SQL session was ended with the statement that took too long.';
    case 'too-large':
      return 'The SQL session was ended with the statement whose answer was too large.';
    case 'crowded-out':
      return `The SQL session was ended because others were used since: a cluster has at most ${news.maxSessions}.`;
    case 'done-anew':
      return 'The SQL session was started over, because its earlier steps run again.';
    case 'opened-anew':
      return 'The SQL session was started over, because the shell was opened again.';
    case 'ended-by-reader':
      return 'You ended the SQL session.';
  }
}

function spanOf(ms: number): string {
  const [count, unit] = ms % 60_000 === 0 ? [ms / 60_000, 'minute'] : [ms / 1000, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
