import { CommandError } from '../command-line/command-error.ts';
import type { Given } from '../command-line/flags.ts';
import { MadeUp } from './made-up.ts';
import { wholeFlag, wholeOf, type Workload, type WorkloadTable } from './workload.ts';

const ROWS = 1000;
const PAYLOAD_BYTES = 100;

/** Accounts with a balance of 0, as `cockroach workload init bank` makes them (`pkg/workload/bank/bank.go`). */
export const bank: Workload = {
  about: 'Bank models a set of accounts with currency balances.',
  flags: [
    wholeFlag('rows', ROWS, 'Number of accounts'),
    wholeFlag('payload-bytes', PAYLOAD_BYTES, 'Size of the payload of each account'),
  ],
  tables: accounts,
  afterwards: [],
};

function accounts(given: Given): WorkloadTable[] {
  const rows = wholeOf(given, 'rows', ROWS);
  if (rows < 2) throw new CommandError(`could not validate: Value of rows must be greater than one; was ${rows}`);
  const payload = wholeOf(given, 'payload-bytes', PAYLOAD_BYTES);
  return [
    {
      name: 'bank',
      schema: '(id INT PRIMARY KEY, balance INT, payload STRING, FAMILY (id, balance, payload))',
      rows: Array.from({ length: rows }, (_, id) => [id, 0, new MadeUp(id).letters(payload)]),
    },
  ];
}
