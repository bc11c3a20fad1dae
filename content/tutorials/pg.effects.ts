import { bankEffects } from './bank-effects.ts';

export default bankEffects(
  'pg-basic-sample.js',
  `
const pool = new (require("pg").Pool)({ connectionString: sample.CONNECTION });
const attempt = (operation) => sample.runTransaction(pool, operation);
const read = () => attempt(sample.readAccountIds);
const create = (count, known) => attempt((client) => sample.createAccounts(client, count, known));
const transfer = (source, target) => attempt((client) => sample.transferHalf(client, source, target));
const close = () => pool.end();
`,
);
