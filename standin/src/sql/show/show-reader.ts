import type { SHOWN } from '../constructs/shown.ts';
import type { StatementReader } from '../text/statement-reader.ts';
import type { Context } from '../translation/context.ts';
import type { Translation } from '../translation/translation.ts';

/**
 * Reads the words after SHOW. Returns undefined when they belong to another kind of SHOW; the reader may have advanced.
 * Throws StatementError.
 */
export type ShowReader = (
  reader: StatementReader,
  context: Context,
) => Translation | undefined | Promise<Translation | undefined>;

/** Readers by what they show: one for each entry of SHOWN. */
export type ShowReaders = Record<keyof typeof SHOWN, ShowReader>;
