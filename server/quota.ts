/** For whom something is counted, and how often it may be there at once, or happen in a minute. */
export interface Quota {
  /** The name of the counter: a sandbox, reader or address. */
  of: string;
  most: number;
  /** Whose limit it is, for the refusal: `your network address`. */
  words: string;
}

/** Returns the quotas of a reader, if the client is known as one, and of their network address. */
export function quotasOf(
  { reader, address }: { reader?: string; address: string },
  most: { reader: number; address: number },
): Quota[] {
  const ofAddress = { of: `address ${address}`, most: most.address, words: 'your network address' };
  return reader === undefined ? [ofAddress] : [{ of: `reader ${reader}`, most: most.reader, words: 'you' }, ofAddress];
}
