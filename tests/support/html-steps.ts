import { readPageStep, type PageStep } from '../../shared/step.ts';

const CARRIED = /(?<= data-step=")[^"]*(?=")/g;
const ENTITIES: Record<string, string> = { '&quot;': '"', '&#34;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };

/** Returns the steps that the figures of a built page carry, in page order. */
export function stepsInHtml(html: string): PageStep[] {
  return [...html.matchAll(CARRIED)].map(([carried]) => readPageStep(decoded(carried)));
}

/** Returns a built page in which the step with this id is changed. */
export function withStep(html: string, id: string, change: (pageStep: PageStep) => PageStep): string {
  return html.replace(CARRIED, (carried) => {
    const pageStep = readPageStep(decoded(carried));
    return pageStep.step.id === id ? encoded(JSON.stringify(change(pageStep))) : carried;
  });
}

function decoded(value: string): string {
  return value.replace(/&(?:quot|#34|#39|lt|gt);/g, (entity) => ENTITIES[entity]!).replace(/&(?:amp|#38);/g, '&');
}

function encoded(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
