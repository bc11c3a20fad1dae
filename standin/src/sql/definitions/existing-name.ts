import { StatementError, type ErrorFields } from '../../protocol/statement-error.ts';
import type { Statement } from '../text/statement.ts';
import { isSign } from '../text/tokens.ts';
import type { Context } from '../translation/context.ts';
import type { Translation } from '../translation/translation.ts';

/** Makes a definition's error about a name that is taken say its database and its schema, as CockroachDB's does. */
export function withFullName(translation: Translation, statement: Statement, context: Context): Translation {
  const reworded = (error: ErrorFields): ErrorFields => existingName(error, statement, context);
  if (translation.kind === 'forward') {
    const { rewordError } = translation;
    return { ...translation, rewordError: (error) => reworded(rewordError?.(error) ?? error) };
  }
  const execute: typeof translation.execute = async () => {
    try {
      return await translation.execute();
    } catch (error) {
      throw error instanceof StatementError ? StatementError.of(reworded(error.fields)) : error;
    }
  };
  return { ...translation, execute };
}

function existingName(error: ErrorFields, { tokens }: Statement, { database }: Context): ErrorFields {
  const [, kind, name] = /^(relation|type) "([^".]*)" already exists(?: in schema ".*")?$/.exec(error.message) ?? [];
  const at = tokens.findIndex(({ value }) => value === name);
  if (at < 0) return error;
  const schema = isSign(tokens[at - 1], '.') ? tokens[at - 2]!.value : 'public';
  const shown = schema === database ? 'public' : schema;
  return { ...error, message: `${kind} "${database}.${shown}.${name}" already exists` };
}
