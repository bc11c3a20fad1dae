/** The server did not answer, and it does no harm to try again later. */
export const SERVER_AWAY_LATER = 'The server cannot be reached: try again later.';
/** The server answered with what its API never answers. */
export const ODD_ANSWER = 'The server’s answer makes no sense.';
/** A failure that nobody foresaw. */
export const UNFORESEEN = 'Something in this page failed: reload it, and try again.';
/** A run's connection broke, and could not be brought back. */
export const CONNECTION_LOST = 'The connection to the server was lost.';
