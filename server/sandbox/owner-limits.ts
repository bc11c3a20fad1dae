import { AppError } from '../errors.ts';
import type { Owner } from './owner.ts';
import { ADDRESS_HAS_TOO_MANY, SITE_HAS_TOO_MANY, readerHasTooMany } from '../sentences/sandbox-sentences.ts';

/** Readers on pages of one other site may use at most one in this many slots. */
const SHARE_OF_SITE = 2;

/** How many sandboxes one reader and one network address may have or wait for. */
export interface OwnerLimits {
  sandboxesPerReader: number;
  sandboxesPerAddress: number;
}

/**
 * Throws AppError `too-many` when this reader, their address or the site that they read has too many sandboxes already.
 * `all` are the owners of all sandboxes that live, start or are waited for.
 */
export function refuseTooMany(owner: Owner, all: readonly Owner[], slots: number, limits: OwnerLimits): void {
  const count = (isAlike: (one: Owner) => boolean): number => all.filter(isAlike).length;
  if (count(({ reader }) => reader === owner.reader) >= limits.sandboxesPerReader)
    throw new AppError('too-many', readerHasTooMany(limits.sandboxesPerReader), { limit: 'sandboxes-of-reader' });
  if (count(({ address }) => address === owner.address) >= limits.sandboxesPerAddress)
    throw new AppError('too-many', ADDRESS_HAS_TOO_MANY, { limit: 'sandboxes-of-address' });
  if (owner.origin !== undefined && count(({ origin }) => origin === owner.origin) >= Math.ceil(slots / SHARE_OF_SITE))
    throw new AppError('too-many', SITE_HAS_TOO_MANY, { limit: 'sandboxes-of-site' });
}
