/**
 * An event of the window: a cluster was looked at after something that no run tells of, and the list of what it holds
 * is the same. That has only the first rows of its tables.
 */
export const DATA_LOOK = 'datalook';
