import { bankEffects } from './bank-effects.ts';

export default bankEffects(
  'peewee-basic-sample.py',
  `
sample.database.connect()
read = lambda: sample.run_transaction(sample.read_account_ids)
create = lambda count, known: sample.run_transaction(lambda: sample.create_accounts(count, known))
transfer = lambda source, target: sample.run_transaction(lambda: sample.transfer_half(source, target))
`,
);
