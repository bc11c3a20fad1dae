import { bankEffects } from './bank-effects.ts';

export default bankEffects(
  'psycopg2-basic-sample.py',
  `
connection = psycopg2.connect(**sample.CONNECTION)
read = lambda: sample.run_transaction(connection, sample.read_account_ids)
create = lambda count, known: sample.run_transaction(
    connection, lambda cursor: sample.create_accounts(cursor, count, known))
transfer = lambda source, target: sample.run_transaction(
    connection, lambda cursor: sample.transfer_half(cursor, source, target))
`,
);
