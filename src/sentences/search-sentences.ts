/** The page's part for the search, or the index, could not be loaded. */
export const SEARCH_AWAY = 'The search does not work now: the server cannot be reached.';
