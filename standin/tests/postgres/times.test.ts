import { describe } from 'vitest';
import { useStandin } from '../wire/served.ts';
import { expectAnswers } from './answers.ts';

describe('functions on dates and times', () => {
  const standin = useStandin();

  describe('take parts of times, as floats', () => {
    expectAnswers(standin, {
      "extract(minute FROM '2021-02-03 04:05:06.5'::TIMESTAMP), extract('second', '2021-02-03 04:05:06.5'::TIMESTAMP)":
        '5 | 6.5',
      "pg_typeof(extract(day FROM '2021-02-03'::DATE)), extract(hour FROM '2021-02-03'::DATE)": 'double precision | 0',
      "extract(dayofyear FROM '2021-02-03'::DATE), extract('dayofweek', '2021-02-03'::DATE)": '34 | 3',
      "extract(epoch FROM '1 day 2 seconds'::INTERVAL), extract(years FROM '2021-02-03'::DATE)": '86402 | 2021',
      "extract(month FROM '10:00'::TIME)": '22023 extract(): unsupported timespan: month',
      "extract(dow FROM '1 day'::INTERVAL)": '22023 extract(): unsupported timespan: dow',
      "extract(timezone FROM '2021-02-03'::DATE)": '22023 extract(): unsupported timespan: timezone',
      "extract(fortnight FROM '2021-02-03'::DATE)": '22023 extract(): unsupported timespan: fortnight',
      "extract_duration('hour', '3 days 26:30:00'::INTERVAL), extract_duration(minutes FROM '-90 s'::INTERVAL)":
        '26 | -1',
      "date_part('day', '2021-02-03'::DATE)": '42883 unknown function: date_part()',
    });
  });

  describe('truncate', () => {
    expectAnswers(standin, {
      "date_trunc('quarter', '2021-05-17'::DATE), date_trunc('hour', '10:59:59'::TIME)":
        '2021-04-01 00:00:00+00:00 | 10:00:00',
      "date_trunc('days', '2021-05-17 11:12:13'::TIMESTAMP)": '2021-05-17 00:00:00',
      "date_trunc('dow', '2021-05-17'::DATE)": '22023 date_trunc(): unsupported timespan: dow',
    });
  });

  describe('tell the age of times with a zone', () => {
    expectAnswers(standin, {
      "age('2021-03-01'::TIMESTAMPTZ, '2020-02-29'::TIMESTAMPTZ)": '1 year 1 day',
      "age('2021-03-01'::DATE, '2020-02-29'::DATE)": '42883 unknown signature: age(date, date)',
      "age('2021-03-01'::TIMESTAMP)": '42883 unknown signature: age(timestamp)',
    });
  });

  describe('format and parse times as C does', () => {
    expectAnswers(standin, {
      "experimental_strftime('2021-02-03 14:05:06.007'::TIMESTAMP, '%d.%m.%y %H:%M:%S.%f %p %j%%')":
        '03.02.21 14:05:06.007000 PM 034%',
      "experimental_strftime('2021-02-03'::DATE, '%A, %e %B %Y')": 'Wednesday,  3 February 2021',
      "experimental_strptime('03 Feb 2021 02:05 pm', '%d %b %Y %I:%M %p')": '2021-02-03 14:05:00+00:00',
      "experimental_strptime('2021-034', '%Y-%j')": '2021-02-03 00:00:00+00:00',
      "parse_timestamp('2021-02-03T04:05:06Z')": '2021-02-03 04:05:06',
    });
  });
});
