import { describe } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('functions about the session', () => {
  const standin = useStandin();

  expectAnswers(standin, {
    "current_setting('TimeZone'), current_setting('server_version'), current_setting('search_path')":
      'UTC | 13.0.0 | $user,public',
    "current_setting('no_such'), 1": '42704 current_setting(): unrecognized configuration parameter "no_such"',
    "current_setting('no_such', true), current_setting('work_mem', true)": 'NULL | NULL',
    "current_setting('distsql')":
      '0A000 unimplemented: the stand-in for CockroachDB does not have current_setting() of distsql',
    "has_column_privilege('pg_catalog.pg_class', 1, 'SELECT'), has_column_privilege('root', 'pg_class', 1, 'SELECT')":
      't | t',
    "follower_read_timestamp() < now(), '2021-02-03 04:05:06+02'::TIMESTAMPTZ::STRING": 't | 2021-02-03 02:05:06+00:00',
  });
});
