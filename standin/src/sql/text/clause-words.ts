/** The words that begin the clauses of a SELECT after its list. */
export const CLAUSES = 'from where group having window order limit offset fetch for'.split(' ');

/** The words that join a SELECT to another one. */
export const SET_OPERATIONS = ['union', 'intersect', 'except'];

/** The words that end the list of a SELECT. */
export const AFTER_LIST: readonly string[] = [...CLAUSES, ...SET_OPERATIONS];
