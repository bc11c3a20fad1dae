import { describe, expect, it } from 'vitest';
import { DIST } from '../../../commands/client/dist.ts';
import { readTutorials } from '../../../commands/verify/tutorial.ts';
import { SiteLabels } from '../../../server/http/site-labels.ts';
import { readSiteFiles } from '../../../server/http/site-files.ts';
import type { Step } from '../../../shared/protocol.ts';
import { writeUse } from '../../../shared/run-use.ts';

const labels = new SiteLabels(readSiteFiles(DIST));
const [first, second] = readTutorials()
  .find(({ slug }) => slug === 'pony')!
  .steps.map(({ step }) => step) as [Step, Step];
const use = { page: 'pony', pressed: second.id, edited: [first.id], isRobot: false };

describe('what is counted of a run', () => {
  it('is the page and each step, who asked for it, and whether its code was edited', () => {
    const labelOf = labels.ofRun(writeUse(use));
    expect(labelOf(second.id)).toEqual({ page: 'pony', step: second.id, by: 'pressed', isEdited: false });
    expect(labelOf(first.id)).toEqual({ page: 'pony', step: first.id, by: 'page', isEdited: true });
  });

  it('is told apart when a program presses, and when no page says what it is for', () => {
    expect(labels.ofRun(writeUse({ ...use, isRobot: true }))(second.id).by).toBe('robot');
    expect(labels.ofRun(undefined)(second.id)).toEqual({
      page: 'other',
      step: 'other',
      by: 'unknown',
      isEdited: false,
    });
  });

  it.each([
    ['an unknown page', { ...use, page: 'DROP TABLE accounts' }, second.id, ['other', 'other']],
    ['a page of JavaScript’s own', { ...use, page: '__proto__' }, second.id, ['other', 'other']],
    ['an unknown step', use, 'my secret', ['pony', 'other']],
    ['another page’s step', { ...use, page: 'pg' }, first.id, ['pg', 'other']],
  ])('has none of the words of a client that names %s', (_, said, step, named) => {
    const label = labels.ofRun(writeUse(said))(step);
    expect([label.page, label.step]).toEqual(named);
  });

  it('of a terminal is the page, and the step for whose command it was opened', () => {
    expect(labels.ofTerminal({ page: 'pony' })).toEqual({ page: 'pony', step: 'none' });
    expect(labels.ofTerminal({ page: 'pony', step: first.id })).toEqual({ page: 'pony', step: first.id });
    expect(labels.ofTerminal({ page: 'pony', step: 'rm -rf' })).toEqual({ page: 'pony', step: 'other' });
    expect(labels.ofTerminal(undefined)).toEqual({ page: 'other', step: 'none' });
  });
});

describe('the names of the site', () => {
  it('are those of all pages, with the steps of each', () => {
    const steps = Object.fromEntries(labels.pages.map((each) => [each.page, each.steps]));
    for (const tutorial of readTutorials())
      expect(steps[tutorial.slug]).toEqual(tutorial.steps.map(({ step }) => step.id));
    expect(steps).toHaveProperty('the-stand-in', []);
    expect(Object.keys(steps)).not.toContain('404');
  });

  it('name each page as its steps do, where it has any', () => {
    expect(labels.pageIn('/build-a-python-app-with-cockroachdb-pony.html')).toBe('pony');
    expect(labels.pageIn('/index.html')).toBe('index');
    expect(labels.pageIn('/the-stand-in.html')).toBe('the-stand-in');
    for (const path of ['/404.html', '/llms.txt', '/steps/pony.json', '/nothing.html'])
      expect(labels.pageIn(path), path).toBeUndefined();
  });

  it('are none when the site was not built', () => {
    const none = new SiteLabels(new Map());
    expect(none.pages).toEqual([]);
    expect(none.ofRun(writeUse(use))(second.id)).toMatchObject({ page: 'other', step: 'other' });
  });
});
