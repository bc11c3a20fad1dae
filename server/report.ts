import { randomBytes } from 'node:crypto';
import type { EndReason, LostCause, Mode } from '../shared/protocol.ts';
import type { ErrorCode, LimitName } from './errors.ts';

/**
 * What the server reports about itself to its operator. Domain code says what happened; the implementation of `Report`
 * decides how to show or count it. No event has a reader's code, cookie or address.
 */
export type ServerEvent = FailureEvent | UsageEvent;

/** Something that an operator may have to look at. */
export type FailureEvent =
  /** A failure on our side, whose id a reader was shown; `request` is the id of the request that met it, if one did. */
  | { type: 'failure'; id: string; request?: string; about: string; cause: unknown }
  /** Readers' code cannot be run; `cause` has the details that the operator's sentence leaves out. */
  | { type: 'runs-off'; cause: unknown }
  | { type: 'container-lost'; container: string; reason: string }
  /** `log` is the end of the engine's output; it is hostile. */
  | { type: 'engine-ended'; container: string; exitCode: number; log: string }
  | { type: 'tables-unreadable'; sandbox: string; cause: unknown }
  | { type: 'warm-cluster-not-started'; cause: unknown }
  /** No certificates could be made ahead: secure clusters start more slowly. */
  | { type: 'certificates-not-made'; cause: unknown }
  | { type: 'memory-unreadable'; cause: unknown }
  | { type: 'metrics-unreadable'; cause: unknown }
  /** Memory that is charged to no container has grown; the readers' programs in these containers were killed. */
  | { type: 'uncounted-memory-grew'; bytes: number; ended: string[] }
  /** Something could not be removed; the next start's sweep removes it. */
  | {
      type: 'not-removed';
      what: 'container' | 'sandbox' | 'warm cluster' | 'failed start';
      id?: string;
      cause: unknown;
    }
  /** A client could not connect: mostly because all file descriptors are in use. Reported once a minute. */
  | { type: 'client-not-accepted'; cause: unknown }
  | { type: 'unhandled-rejection'; cause: unknown };

/** Something that happens all day, and is counted. */
export type UsageEvent =
  | { type: 'cluster-started'; mode: Mode; for: 'reader' | 'pool'; tookMs: number; phases: StartPhases }
  /** A reader has got a new sandbox. `waitedMs` is counted from the claim. */
  | { type: 'claimed'; mode: Mode; from: 'pool' | 'new' | 'queue'; waitedMs: number }
  /** A request was refused because of that limit. */
  | { type: 'refused'; request?: string; limit: LimitName }
  /** A request was answered with an error of that code, whoever caused it. */
  | { type: 'answered-with-problem'; request?: string; code: ErrorCode }
  /**
   * The API has answered a request. `tookMs` ends with the answer's head; `address` is absent unless the operator wants
   * it in the log.
   */
  | {
      type: 'answered';
      request: string;
      method: string;
      /** The pattern of its path, such as `/api/sandboxes/:id`. */
      route: string;
      status: number;
      tookMs: number;
      address?: string;
    }
  | { type: 'sandbox-ended'; mode: Mode; cause: LostCause; livedMs: number }
  | { type: 'run-ended'; reason: EndReason; tookMs: number }
  /** A step of a run has ended. */
  | ({ type: 'step-ended'; outcome: StepOutcome } & StepLabel)
  /** A reader has opened a terminal, perhaps for a step's command. What is typed in it is not looked at. */
  | { type: 'terminal-opened'; page: string; step: string }
  | { type: 'page-served'; page: string }
  /** What a dead server had left, or this one could not remove before, was removed. */
  | { type: 'swept'; what: 'containers'; count: number };

/**
 * A step in counts, by names of the site's own: nothing that a reader wrote. Who asked for it: a press on its Run, the
 * page, which adds the steps that the pressed one needs, a program that uses a browser, or unknown.
 */
interface StepLabel {
  page: string;
  step: string;
  by: 'pressed' | 'page' | 'robot' | 'unknown';
  /** Whether the reader had edited its code. */
  isEdited: boolean;
}

/** Returns the label of a run's step with that id. */
export type LabelOf = (step: string) => StepLabel;

/** A page of the site, and the ids of its steps. */
export interface PageLabel {
  page: string;
  steps: string[];
}

/** How a step ended: done, or as its run did. */
export type StepOutcome = 'done' | Exclude<EndReason, 'finished'>;

/** How long each phase of a cluster's start took, in the order in which they begin. */
export interface StartPhases {
  /** The runtime makes the container, and the agent answers. */
  containerMs: number;
  /** Absent in insecure mode. */
  certificatesMs?: number;
  engineMs: number;
  /** From the engine's start until it answers SQL. */
  sqlMs: number;
}

/** Reports an event. Never throws. */
export type Report = (event: ServerEvent) => void;

/** Returns a report to each of these. */
export function reportTo(...reports: readonly Report[]): Report {
  return (event) => {
    for (const report of reports) report(event);
  };
}

/** Reports a failure on our side under a new id. Returns the id, which is all that readers are shown. */
export function reportFailure(report: Report, cause: unknown, about = '', request?: string): string {
  const id = randomBytes(6).toString('hex');
  report({ type: 'failure', id, ...(request && { request }), about, cause });
  return id;
}
