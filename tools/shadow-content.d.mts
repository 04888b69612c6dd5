import type { ElementHandle, Frame, Page } from 'puppeteer-core';

export function waitInside(
  page: Page | Frame,
  selector: string,
  options?: { timeout?: number },
): Promise<ElementHandle | null>;
export function clickInside(page: Page, selector: string, options?: { timeout?: number }): Promise<void>;
export function textInside(page: Page, selector: string): Promise<string>;
