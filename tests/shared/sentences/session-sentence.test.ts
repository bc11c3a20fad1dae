import { expect, it } from 'vitest';
import type { SessionNews } from '../../../shared/protocol.ts';
import { sessionSentence } from '../../../shared/sentences/session-sentence.ts';

it.each<[SessionNews, string]>([
  [{ cause: 'unused', unusedMs: 600_000 }, 'nothing was done in it for 10 minutes. What was set in it is gone'],
  [{ cause: 'unused', unusedMs: 1000, transaction: 'open' }, 'nothing was done in its open transaction for 1 second.'],
  [{ cause: 'crowded-out', maxSessions: 4 }, 'a cluster has at most 4.'],
  [{ cause: 'stopped', transaction: 'aborted' }, 'that you stopped. Its open transaction was rolled back'],
  [{ cause: 'left-open' }, 'ended inside a transaction, which was rolled back'],
])('%j is worded with what was lost', (news, words) => {
  expect(sessionSentence(news)).toContain(words);
});

it.each(['{"type":"session","message":"The database ended the SQL session."}', '{"cause":"of-tomorrow"}'])(
  'what an older page stored, or a newer server sends, gets no sentence: %s',
  (json) => expect(sessionSentence(JSON.parse(json) as SessionNews)).toBe(''),
);
