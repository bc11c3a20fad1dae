/** The key in the browser's storage of the sandboxes that pages of this site may use. */
export const HELD_KEY = 'bankrun:held';
