/**
 * A middleware of the browser test runner's server that plays the host of a shop: it takes what pages post, and keeps it for the test.
 * `POST /__host/<name>`, also with an id behind it, is recorded and answered with what `PUT /__host/<name>` has set; `GET /__host/<name>`
 * tells. So is `GET /__host/<name>/<id>`, which asks how a sale ended; `GET /__host/<name>?asked` tells the paths behind the name.
 */

/**
 * @typedef {{ status: number, body: string }} Answer
 * @typedef {{ headers: Record<string, unknown>, body: string }} Received
 */

/** @returns {import('koa').Middleware} */
export function hostMiddleware() {
  /** @type {Map<string, Received[]>} */
  const received = new Map();
  /** @type {Map<string, Answer>} */
  const answers = new Map();
  /** @type {Map<string, string[]>} */
  const asked = new Map();

  return async (context, next) => {
    const [, name, behind = ''] = /^\/__host\/(\w+)(\/.*)?$/.exec(context.path) ?? [];
    if (name === undefined) return next();
    const chunks = [];
    for await (const chunk of context.req) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    context.type = 'json';
    if (context.method === 'GET' && behind === '') {
      context.body = JSON.stringify((context.querystring === 'asked' ? asked : received).get(name) ?? []);
    } else if (context.method === 'PUT') {
      answers.set(name, JSON.parse(body));
      context.body = '{}';
    } else {
      if (behind !== '') asked.set(name, [...(asked.get(name) ?? []), behind]);
      if (context.method !== 'GET')
        received.set(name, [...(received.get(name) ?? []), { headers: context.headers, body }]);
      const answer = answers.get(name) ?? { status: 200, body: '{}' };
      context.status = answer.status;
      context.body = answer.body;
    }
    return undefined;
  };
}
