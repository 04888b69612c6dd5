/** A page as Chromium gives it to assistive technology, and the way through it by keyboard. It does not know what is on the page. */
import type { Page } from 'puppeteer-core';

async function nodesOf(page: Page) {
  const client = await page.createCDPSession();
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  await client.detach();
  return nodes;
}

type AxNode = Awaited<ReturnType<typeof nodesOf>>[number];

const lineOf = ({ role, name }: Partial<AxNode> = {}): string => `${String(role?.value)}: ${String(name?.value ?? '')}`;

/** Role and name of everything in the tree, as lines. */
export async function treeOf(page: Page): Promise<string[]> {
  const nodes = await nodesOf(page);
  return nodes.filter(({ ignored }) => !ignored).map(lineOf);
}

/** What has the focus, through shadow roots: its role and its name. */
export async function focusedIn(page: Page): Promise<string> {
  const nodes = await nodesOf(page);
  const found = nodes.filter(({ properties }) =>
    properties?.some(({ name, value }) => name === 'focused' && value.value === true),
  );
  return lineOf(found.at(-1));
}

/** Presses Tab until something with a name has the focus; gives what had it on the way. */
export async function tabTo(page: Page, name: RegExp): Promise<string[]> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const now = await focusedIn(page);
    if (name.test(now)) return passed;
    passed.push(now);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(name)}, but to ${passed.join(', ')}`);
}
