import type { Page } from 'playwright-core';

/** Returns what a person would now paste elsewhere: the site's own pages may write to the clipboard but not read it. */
export async function pasted(page: Page): Promise<string> {
  const elsewhere = await page.context().newPage();
  await elsewhere.setContent('<textarea></textarea>');
  await elsewhere.locator('textarea').focus();
  await elsewhere.keyboard.press('ControlOrMeta+V');
  const text = await elsewhere.locator('textarea').inputValue();
  await elsewhere.close();
  return text;
}
