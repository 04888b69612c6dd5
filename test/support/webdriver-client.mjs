/**
 * The few requests of the WebDriver protocol (https://www.w3.org/TR/webdriver2/) that a test runner needs, with `fetch`.
 * It does not know which browser answers, nor what runs in the page.
 */

/** Keys by the names that tests use, as WebDriver writes them (chapter “Keyboard actions”). @type {Record<string, string>} */
const KEYS = {
  Alt: '\uE00A',
  ArrowDown: '\uE015',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  Backspace: '\uE003',
  Control: '\uE009',
  Delete: '\uE017',
  End: '\uE010',
  Enter: '\uE007',
  Escape: '\uE00C',
  Home: '\uE011',
  PageDown: '\uE00F',
  PageUp: '\uE00E',
  Shift: '\uE008',
  Space: ' ',
  Tab: '\uE004',
};

/** @type {Record<string, number>} */
const BUTTONS = { left: 0, middle: 1, right: 2 };

export class WebDriverClient {
  /** @param {string} address of the driver, or of a session at it */
  constructor(address) {
    this.address = address;
  }

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>} the value of the answer
   * @throws {Error} with what the driver says, where it refuses
   */
  async ask(method, path, body = {}) {
    const response = await fetch(this.address + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new Error(`WebDriver ${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** @param {object} capabilities @returns {Promise<WebDriverClient>} a client of the session */
  async openSession(capabilities) {
    const { sessionId } = await this.ask('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    return new WebDriverClient(`${this.address}/session/${sessionId}`);
  }

  /** @param {string} url */
  goTo(url) {
    return this.ask('POST', '/url', { url });
  }

  /**
   * @param {string} script the body of a function
   * @returns {Promise<any>} what it gave
   */
  run(script) {
    return this.ask('POST', '/execute/sync', { script, args: [] });
  }

  /**
   * Sets the size of the window, frame included, and gives the size that it then has: some cannot be as small as wanted.
   * @param {number} width @param {number} height
   * @returns {Promise<{ width: number, height: number }>} pixels
   */
  resizeWindow(width, height) {
    return this.ask('POST', '/window/rect', { x: 0, y: 0, width, height });
  }

  /**
   * Presses or releases keys, in order.
   * @param {readonly { type: 'keyDown' | 'keyUp', key: string }[]} steps each with a character, or the name of a key
   */
  useKeyboard(steps) {
    const actions = steps.map(({ type, key }) => ({ type, value: KEYS[key] ?? key }));
    return this.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /**
   * Moves, presses and releases a mouse, in order.
   * @param {readonly ({ move: [x: number, y: number] } | { down: string } | { up: string })[]} steps pixels from the corner of the
   * page that is seen; names of buttons
   */
  useMouse(steps) {
    const actions = steps.map((step) => {
      if ('move' in step) return { type: 'pointerMove', duration: 0, x: step.move[0], y: step.move[1] };
      return 'down' in step
        ? { type: 'pointerDown', button: BUTTONS[step.down] }
        : { type: 'pointerUp', button: BUTTONS[step.up] };
    });
    return this.ask('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  /** Lets go of every key and button. */
  release() {
    return this.ask('DELETE', '/actions');
  }

  close() {
    return this.ask('DELETE', '');
  }
}
