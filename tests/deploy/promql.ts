import { parser } from '@prometheus-io/lezer-promql';

/** Labels that Prometheus adds to all that it reads from a server. */
const OF_TARGET = ['instance', 'job'];
/** Labels of which a server shows all values from the start. */
const ENUMERATED = new Set(['cause', 'code', 'limit', 'mode', 'reason', 'state', 'type', 'what']);
/** Functions of a range of time. */
const OF_RANGE = new Set(['Rate', 'Increase', 'Changes']);

/**
 * Returns what is wrong with a PromQL expression: its syntax, metrics, labels, and values of labels. `known` has the
 * server's metrics, each with its labels and their values.
 */
export function problemsIn(expression: string, known: ReadonlyMap<string, ReadonlyMap<string, Set<string>>>): string[] {
  const problems: string[] = [];
  const labels = new Set(OF_TARGET);
  const grouping: string[] = [];
  let metric: ReadonlyMap<string, Set<string>> | undefined;
  let matched = '';
  parser.parse(expression).iterate({
    enter: (node) => {
      const text = expression.slice(node.from, node.to);
      const { type, parent } = node.node;
      if (type.isError) problems.push('it cannot be parsed');
      if (type.name === 'Identifier' && parent?.name === 'VectorSelector') {
        metric = text === 'up' ? new Map() : known.get(text);
        if (!metric) problems.push(`there is no metric ${text}`);
        for (const label of metric?.keys() ?? []) labels.add(label);
      }
      if (type.name === 'LabelName' && parent?.name === 'GroupingLabels') grouping.push(text);
      if (type.name === 'LabelName' && parent?.name === 'UnquotedLabelMatcher') {
        matched = text;
        if (metric && !metric.has(text) && !OF_TARGET.includes(text)) problems.push(`its metric has no label ${text}`);
      }
      if (type.name === 'StringLiteral' && ENUMERATED.has(matched)) {
        const values = text.slice(1, -1).split('|');
        const unknown = values.filter((value) => metric?.get(matched)?.has(value) === false);
        for (const value of unknown) problems.push(`${matched} is never ${value}`);
      }
      if (parent?.name === 'FunctionCall' && type.name === 'FunctionCallBody') {
        const called = parent.firstChild?.firstChild?.name ?? '';
        if (OF_RANGE.has(called) && node.node.firstChild?.name !== 'MatrixSelector')
          problems.push(`${called} needs a range of time`);
      }
    },
  });
  for (const label of grouping) if (!labels.has(label)) problems.push(`nothing has the label ${label} to group by`);
  return problems;
}

/** Returns the names of the metrics in an expression. */
export function metricsIn(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to, node }) => {
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') names.push(expression.slice(from, to));
    },
  });
  return names;
}
