/**
 * `<magtek-device-info>`: what the reader is, as it says itself.
 * It does not know which properties are asked for or how they are read.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isOpen } from '../../connection/connection-state.js';
import type { DeviceInfo } from '../../device/device-info.js';
import type { ReaderClient } from '../../client/reader-client.js';
import { ReaderError } from '../../connection/reader-error.js';
import { toHex } from '../../mms/hex.js';
import { BATTERY_LEVEL, BEEPER_VOLUME, LOCK_STATE, SERIAL_NUMBER } from '../../mms/tables/oids.js';
import { redactValue, redactWords } from '../../mms/redact.js';
import { VERSION } from '../../version.js';
import { ReaderController } from '../context/reader-controller.js';
import { baseStyles } from '../shared/base-styles.js';
import { boxStyles } from '../shared/box-styles.js';
import { booleanAttribute } from '../shared/boolean-attribute.js';
import { Copy } from '../shared/copy.js';
import { errorLines, errorStyles } from '../shared/error-lines.js';
import { deviceInfoWords } from '../../language/english/device-info.js';
import { LanguageController } from '../../language/language-controller.js';
import { MagtekElement } from '../shared/magtek-element.js';
import { resettable } from '../shared/resettable.js';
import { styles } from './device-info.styles.js';

/** Properties with a line of their own. */
const SHOWN_ABOVE: ReadonlySet<string> = new Set([
  SERIAL_NUMBER,
  BATTERY_LEVEL,
  BEEPER_VOLUME,
  LOCK_STATE,
  '2.2.1.1.1.2',
  '1.2.2.1.1.A',
]);

const PERCENT: Intl.NumberFormatOptions = { style: 'percent' };

/**
 * Serial number, firmware, capabilities and everything else that the reader says of itself. It asks when the connection
 * stands, and again after each reconnection.
 *
 * @csspart title - The heading.
 * @csspart refresh - The button that asks again.
 * @csspart copy - The button that copies everything as JSON.
 * @csspart list - The definition list.
 * @csspart error - What went wrong and what to do.
 */
export class MagtekDeviceInfo extends MagtekElement {
  static readonly version: string = VERSION;
  static override styles = [baseStyles, boxStyles, errorStyles, styles];

  /** Id of the reader element; empty for the nearest around this one. */
  @resettable @property() for = '';

  /** Asks only when the button is pressed or {@link refresh} is called. */
  @property({ type: Boolean, converter: booleanAttribute, reflect: true }) manual = false;

  @state() private known: DeviceInfo | undefined;
  @state() private error: ReaderError | undefined;
  @state() private asking: Promise<DeviceInfo> | undefined;

  private readonly language = new LanguageController(this, deviceInfoWords);
  private readonly clipboard = new Copy(this);
  private readonly reader = new ReaderController(this, () => this.forget());
  private abort = new AbortController();
  /** The connection that stands has been seen. */
  private wasOpen = false;

  /** What the reader said last on its connection; undefined before, when there is another reader, and out of the page. */
  get info(): DeviceInfo | undefined {
    return this.isConnected ? this.known : undefined;
  }

  /**
   * Asks the reader. While it is being asked, it is not asked twice.
   * @throws {ReaderError} `not-connected` where there is no reader, and as `getDeviceInfo` of the client. It is shown as well.
   */
  refresh(): Promise<DeviceInfo> {
    this.asking ??= this.ask(this.reader.client, this.abort.signal);
    return this.asking;
  }

  protected override willUpdate(): void {
    const stands = isOpen(this.reader.snapshot.state);
    const isNew = stands && !this.wasOpen;
    this.wasOpen = stands;
    // What was known is of a connection before: another reader may be there now.
    if (isNew) this.known = undefined;
    // What goes wrong is shown.
    if (isNew && !this.manual) this.refresh().catch(() => undefined);
  }

  protected override render(): TemplateResult {
    const { known, error, language } = this;
    const isBusy = this.asking !== undefined;
    const canAsk = isOpen(this.reader.snapshot.state) && !isBusy;
    const { notice } = this.clipboard;
    return html`
      <header>
        <span class="title" part="title" id="title">${language.text('device-info.title')}</span>
        <div class="buttons">
          <button part="refresh" ?disabled=${!canAsk} @click=${this.pressed}>
            ${language.text('device-info.refresh')}
          </button>
          <button part="copy" ?disabled=${!known} @click=${this.copy}>${language.text('device-info.copy')}</button>
        </div>
      </header>
      <p class="quiet" role="status" ?hidden=${!isBusy && !notice && known !== undefined}>
        ${
          isBusy
            ? language.text('device-info.busy')
            : notice
              ? language.text(notice)
              : known
                ? nothing
                : language.text(this.reader.client ? 'device-info.empty' : 'status.no-reader')
        }
      </p>
      ${error ? html`<div class="error" part="error" role="alert">${errorLines(language, error)}</div>` : nothing}
      ${known ? this.listTemplate(known, isBusy) : nothing}
    `;
  }

  private listTemplate(
    { model, serialNumber, capabilities, connectionLimit, properties, ...known }: DeviceInfo,
    isBusy: boolean,
  ): TemplateResult {
    const { language } = this;
    const row = (title: string | TemplateResult, value: string, isCode = false): TemplateResult => html`
      <dt>${title}</dt>
      <dd>${isCode ? html`<code>${value}</code>` : value}</dd>
    `;
    return html`
      <dl part="list" aria-labelledby="title" aria-busy=${isBusy ? 'true' : 'false'}>
        ${
          model === 'unknown'
            ? row(language.text('device-info.model'), language.text('device-info.unknown'))
            : row(language.text('device-info.model'), redactWords(model), true)
        }
        ${row(language.text('device-info.serial-number'), redactWords(serialNumber), true)}
        ${this.conditionRows(known).map(([title, value]) => row(language.text(title), value))}
        ${known.wireless.length === 0 ? nothing : row(language.text('device-info.wireless'), known.wireless.join(', '), true)}
        ${capabilities === undefined ? nothing : row(language.text('device-info.capabilities'), capabilities, true)}
        ${
          connectionLimit === undefined
            ? nothing
            : row(language.text('device-info.connection-limit'), language.number(connectionLimit))
        }
        ${properties
          .filter(({ oid }) => !SHOWN_ABOVE.has(oid))
          .map(({ oid, name, text }) =>
            row(html`<span lang="en" dir="auto">${name === '' ? oid : name}</span>`, redactWords(text), true),
          )}
      </dl>
    `;
  }

  /** Battery, volume, lock and keys, as far as the reader tells them. */
  private conditionRows({
    batteryLevel,
    volume,
    locked,
    keys,
  }: Pick<DeviceInfo, 'batteryLevel' | 'volume' | 'locked' | 'keys'>): (readonly [ConditionKey, string])[] {
    const { language } = this;
    const percent = (value: number): string => language.number(value / 100, PERCENT);
    const rows: (readonly [ConditionKey, string])[] = [];
    if (batteryLevel !== undefined) rows.push(['device-info.battery', percent(batteryLevel)]);
    if (volume !== undefined) rows.push(['device-info.volume', percent(volume)]);
    if (locked !== undefined)
      rows.push(['device-info.lock', language.text(locked ? 'device-info.locked' : 'device-info.unlocked')]);
    if (keys !== undefined) rows.push(['device-info.keys', language.text(`device-info.${keys}`)]);
    return rows;
  }

  private async ask(client: ReaderClient | undefined, signal: AbortSignal): Promise<DeviceInfo> {
    try {
      // Later than the rendering that may have led here: what changes now must be rendered as well.
      await Promise.resolve();
      if (!client) throw new ReaderError('not-connected');
      const info = await client.getDeviceInfo({ signal });
      if (signal.aborted) throw new ReaderError('aborted');
      this.known = info;
      this.error = undefined;
      return info;
    } catch (cause) {
      if (!signal.aborted && cause instanceof ReaderError) this.error = cause;
      throw cause;
    } finally {
      if (!signal.aborted) this.asking = undefined;
    }
  }

  /** The reader is another one, or none. */
  private forget(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.wasOpen = false;
    this.asking = undefined;
    this.known = undefined;
    this.error = undefined;
  }

  private readonly pressed = (): void => {
    this.refresh().catch(() => undefined);
  };

  private readonly copy = (): void => {
    if (this.known) void this.clipboard.copy(asJson(this.known));
  };
}

type ConditionKey = 'device-info.battery' | 'device-info.volume' | 'device-info.lock' | 'device-info.keys';

/** Everything as JSON, values in hexadecimal. */
const asJson = ({ properties, ...rest }: DeviceInfo): string =>
  JSON.stringify(
    {
      ...rest,
      serialNumber: redactWords(rest.serialNumber),
      properties: properties.map(({ oid, name, text, value }) => ({
        ...{ oid, name, text: redactWords(text) },
        value: toHex(redactValue(value)),
      })),
    },
    undefined,
    2,
  );

declare global {
  interface HTMLElementTagNameMap {
    'magtek-device-info': MagtekDeviceInfo;
  }
}
