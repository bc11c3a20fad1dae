/** The page's part for the search, or the index, could not be loaded. */
export const SEARCH_AWAY = 'Search is unavailable: the server cannot be reached.';
