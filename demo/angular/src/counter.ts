/** One counter: a reader, a sale on it, and what its events told. It does not know the other counters. */
import { Component, CUSTOM_ELEMENTS_SCHEMA, input, output, signal } from '@angular/core';
import type { MagtekCardDataEvent, MagtekReader } from 'magtek-elements';
import { askHost, type CounterSettings } from '../../shared/counters/counters';

@Component({
  selector: 'shop-counter',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <section class="counter" [attr.aria-label]="settings().name">
      <header>
        <h2>{{ settings().name }}</h2>
        <button class="remove" type="button" (click)="removed.emit()">Remove</button>
      </header>
      <magtek-reader
        #reader
        [url]="settings().url"
        [simulated]="settings().url === ''"
        [autoConnect]="true"
        [authorize]="askHost"
        (magtek-card-data)="showCard($event)"
        (magtek-transaction-complete)="outcome.set($event.detail.outcome)"
        (magtek-error)="problem.set($event.detail.error.message)"
      >
        <magtek-status />
        <magtek-transaction [amount]="amount()" currency="EUR" [disabled]="isClosed()" />
        @if (settings().url === '') {
          <magtek-simulator />
        }
        @if (showsLog()) {
          <magtek-log />
        }
      </magtek-reader>
      <button class="ask" type="button" (click)="askSerialNumber(reader)">Ask for the serial number</button>
      <dl>
        <dt>Card</dt>
        <dd class="card">{{ card() }}</dd>
        <dt>Outcome</dt>
        <dd class="outcome">{{ outcome() }}</dd>
        <dt>Serial number</dt>
        <dd class="serial-number">{{ serialNumber() }}</dd>
      </dl>
      @if (problem() !== '') {
        <p class="problem" role="alert">{{ problem() }}</p>
      }
    </section>
  `,
})
export class Counter {
  readonly settings = input.required<CounterSettings>();
  readonly amount = input.required<string>();
  readonly isClosed = input.required<boolean>();
  readonly showsLog = input.required<boolean>();
  readonly removed = output();

  protected readonly askHost = askHost;
  protected readonly card = signal('');
  protected readonly outcome = signal('');
  protected readonly serialNumber = signal('');
  protected readonly problem = signal('');

  protected showCard({ detail }: MagtekCardDataEvent): void {
    // The batch at the end of the sale has no card number.
    if (detail.kind === 'arqc') this.card.set(detail.maskedPan);
  }

  protected async askSerialNumber(reader: MagtekReader): Promise<void> {
    try {
      this.serialNumber.set((await reader.getDeviceInfo()).serialNumber);
    } catch (error) {
      this.problem.set(String(error));
    }
  }
}
