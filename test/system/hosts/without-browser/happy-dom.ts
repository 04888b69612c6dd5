/** The environment of happy-dom. */
import { environmentOf } from './environment.js';

const environment = environmentOf('happy-dom', ({ Window }) => {
  const HappyWindow = Window as new (options: object) => { close(): void };
  return new HappyWindow({ url: 'http://localhost/' });
});

export { environment as default };
