import { bankEffects } from './bank-effects.ts';

export default bankEffects(
  'sqlalchemy-basic-sample.py',
  `
sessions = sample.sessionmaker(sample.create_engine(sample.CONNECTION))
read = lambda: sample.run_transaction(sessions, sample.read_account_ids)
create = lambda count, known: sample.run_transaction(
    sessions, lambda session: sample.create_accounts(session, count, known))
transfer = lambda source, target: sample.run_transaction(
    sessions, lambda session: sample.transfer_half(session, source, target))
`,
);
