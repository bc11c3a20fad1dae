/** Who sends a request: the reader of its cookie or token, and its network address. */
export interface Owner {
  reader: string;
  address: string;
  /** The origin of the other site whose page the reader is on; absent on this site. */
  origin?: string;
}
