import { bankEffects } from './bank-effects.ts';

export default bankEffects(
  'pony-basic-sample.py',
  `
sample.db.bind(provider="cockroach", **sample.CONNECTION)
sample.db.generate_mapping(create_tables=True)
read = sample.read_account_ids
create = sample.create_accounts
transfer = sample.transfer_half
`,
);
