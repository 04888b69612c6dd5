/** The environment of jsdom. */
import { environmentOf } from './environment.js';

const environment = environmentOf('jsdom', ({ JSDOM }) => {
  const Dom = JSDOM as new (html: string, options: object) => { window: { close(): void } };
  return new Dom('<!doctype html>', { pretendToBeVisual: true, url: 'http://localhost/' }).window;
});

export { environment as default };
