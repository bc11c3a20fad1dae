import { element } from '../ui/element.ts';
import { addRules } from '../ui/style-rules.ts';
import { lanesIn, type LaneEvent } from './lane-events.ts';
import rules from './lanes.css?inline';

/** The longest gap between two events, as a class of `lanes.css`. Gaps grow with the logarithm of the time. */
const WIDEST_GAP = 4;
let isStyled = false;

/**
 * Returns a table with the sessions of a program's output as lanes on one time line. Undefined when the output has
 * none.
 */
export function lanesView(printed: string): HTMLElement | undefined {
  const lanes = lanesIn(printed);
  if (!lanes) return undefined;
  if (!isStyled) addRules(rules);
  isStyled = true;
  const { sessions, events } = lanes;
  const last = new Map(events.map(({ session }, at) => [session, at]));
  const before = new Map<string, LaneEvent>();
  const rows = events.map((event, at) => {
    const gap = Math.min(
      WIDEST_GAP,
      Math.floor(Math.log2(1 + Math.max(0, event.ms - (events[at - 1]?.ms ?? event.ms)))),
    );
    const cells = sessions.map((session) => {
      const earlier = before.get(session);
      // A session's line is drawn between its first and last events, dashed while it waits.
      const line =
        earlier === undefined || at > last.get(session)! ? '' : earlier.kind === 'back-off' ? 'waits' : 'goes';
      const isEvent = session === event.session;
      const isNew = isEvent && earlier?.attempt !== event.attempt;
      return element('td', { class: line }, ...(isEvent ? [eventMark(event, isNew)] : []));
    });
    before.set(event.session, event);
    return element('tr', { class: `gap-${gap}` }, element('th', { scope: 'row' }, `${event.ms} ms`), ...cells);
  });
  const heads = ['Time', ...sessions.map((session) => `Session ${session}`)].map((head) =>
    element('th', { scope: 'col' }, head),
  );
  const table = element(
    'table',
    {},
    element('caption', {}, `${sessions.length} sessions on one time line, from what was printed`),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  );
  return element(
    'div',
    { class: 'lanes', tabindex: '0', role: 'group', 'aria-label': 'Sessions on one time line' },
    table,
  );
}

function eventMark({ what, outcome, kind, attempt }: LaneEvent, isNew: boolean): HTMLElement {
  const tag = isNew ? [element('span', { class: 'attempt' }, `attempt ${attempt}`), ' '] : [];
  return element('span', { class: `event ${kind}` }, ...tag, element('b', {}, what), ' ', outcome);
}
