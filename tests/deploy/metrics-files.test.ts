import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { knownMetrics } from '../server/metrics/known-metrics.ts';
import { metricsIn, problemsIn } from './promql.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const known = await knownMetrics();

/** As in Prometheus's documentation of alerting rules. */
const RULES = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Bankrun[A-Z][A-Za-z]+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().max(120), description: z.string() }),
        }),
      ),
    }),
  ),
});
const alerts = RULES.parse(parse(read('deploy/alerts.yaml'))).groups.flatMap(({ rules }) => rules);

/** The parts of a Grafana dashboard that must fit each other. */
const DASHBOARD = z.looseObject({
  panels: z.array(
    z.looseObject({
      id: z.int(),
      type: z.enum(['row', 'stat', 'timeseries']),
      title: z.string(),
      gridPos: z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.looseObject({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).optional(),
    }),
  ),
  templating: z.strictObject({ list: z.array(z.looseObject({ name: z.string() })) }),
});
const dashboard = DASHBOARD.parse(JSON.parse(read('deploy/grafana-dashboard.json')));
const charts = dashboard.panels.filter(({ type }) => type !== 'row');
/** The expressions as Grafana sends them. */
const charted = charts.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({
    title,
    legendFormat,
    expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*'),
  })),
);

describe('the check of expressions', () => {
  it.each([
    ['rate(bankrun_runs_total[5m])', 'there is no metric bankrun_runs_total'],
    ['bankrun_slots_free{mode="secure"}', 'its metric has no label mode'],
    ['rate(bankrun_refusals_total{limit="slot"}[5m])', 'limit is never slot'],
    ['rate(bankrun_run_seconds_count{reason=~"lost|gone"}[5m])', 'reason is never gone'],
    ['sum by (mode) (bankrun_slots_free)', 'nothing has the label mode to group by'],
    ['increase(bankrun_swept_total) > 0', 'Increase needs a range of time'],
    ['sum by (what (bankrun_swept_total)', 'it cannot be parsed'],
  ])('finds what is wrong with %s', (expression, problem) => {
    expect(problemsIn(expression, known)).toContain(problem);
  });
});

describe('the alert rules', () => {
  it.each(alerts)('ask for metrics and labels that the server has: $alert', ({ expr }) => {
    expect(problemsIn(expr, known)).toEqual([]);
    expect(metricsIn(expr).length).toBeGreaterThan(0);
  });

  it('have different names, by which the operators’ page says what to do', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    const explained = [...read('deploy/README.md').matchAll(/`(Bankrun\w+)`/g)].map(([, name = '']) => name);
    expect(explained.length).toBeGreaterThan(5);
    expect(explained.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(alerts)('say only what is in the answer: $alert', ({ expr, annotations }) => {
    const named = [
      ...Object.values(annotations)
        .join(' ')
        .matchAll(/\$labels\.(\w+)/g),
    ].map(([, label = '']) => label);
    const groups = [...expr.matchAll(/\bby \(([\w, ]+)\)/g)].map(([, labels = '']) => labels.split(', '));
    const labels = new Set(groups[0] ?? metricsIn(expr).flatMap((name) => [...(known.get(name)?.keys() ?? [])]));
    expect(named.filter((label) => label !== 'instance' && !labels.has(label))).toEqual([]);
    if (groups[0]) expect(groups[0]).toContain('instance');
  });

  it('watch every failure that the server reports', () => {
    const watched = alerts.flatMap(
      ({ expr }) => /bankrun_failures_total\{type=~?"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? [],
    );
    // These two are watched as ends of sandboxes, runs that are off as such, and the tables are only late.
    const otherwise = ['container-lost', 'engine-ended', 'runs-off', 'tables-unreadable'];
    const types = [...(known.get('bankrun_failures_total')?.get('type') ?? [])];
    expect([...watched, ...otherwise].toSorted()).toEqual(types.toSorted());
  });
});

describe('the dashboard', () => {
  it.each(charted)(
    'asks for metrics and labels that the server has: $title, $legendFormat',
    ({ expr, legendFormat }) => {
      expect(problemsIn(expr, known)).toEqual([]);
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      const groups = [...expr.matchAll(/\bby \(([\w, ]+)\)/g)].map(([, labels = '']) => labels.split(', '));
      const labels = groups[0] ?? (expr.startsWith('sum(') ? [] : ['instance']);
      expect(named.filter((label) => !labels.includes(label))).toEqual([]);
    },
  );

  it('shows every metric of the server’s own', () => {
    const shown = new Set(charted.flatMap(({ expr }) => metricsIn(expr)).map(familyOf));
    const own = [...known.keys()].filter((name) => name.startsWith('bankrun_')).map(familyOf);
    expect([...new Set(own)].filter((name) => !shown.has(name))).toEqual([]);
  });

  it('has panels with ids of their own, side by side', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });

  it('uses only variables that it has', () => {
    const names = new Set(['__rate_interval', ...dashboard.templating.list.map(({ name }) => name)]);
    const used = [...read('deploy/grafana-dashboard.json').matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
    expect(used).toContain('datasource');
  });
});

/** Returns the name of a sample's metric: a histogram has samples with three endings. */
function familyOf(name: string): string {
  return name.replace(/_(bucket|sum|count)$/, '');
}
