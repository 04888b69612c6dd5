/** The list of counters, and what holds for all of them. It does not know what happens at a counter. */
import { Component, inject, signal } from '@angular/core';
import type { CounterSettings } from '../../shared/counters/counters';
import { Counter } from './counter';
import { SETTINGS } from './settings';

@Component({
  selector: 'shop-app',
  imports: [Counter],
  template: `
    <h1>Counters in Angular</h1>
    <div class="controls">
      <label>
        Amount in euro
        <input
          #amountInput
          id="amount"
          inputmode="decimal"
          [value]="amount()"
          (input)="amount.set(amountInput.value)"
        />
      </label>
      <label>
        <input
          #closedInput
          id="closed"
          type="checkbox"
          [checked]="isClosed()"
          (change)="isClosed.set(closedInput.checked)"
        />
        Closed
      </label>
      <label>
        <input #logInput id="log" type="checkbox" [checked]="showsLog()" (change)="showsLog.set(logInput.checked)" />
        Log
      </label>
      <button id="reverse" type="button" (click)="reverse()">Reverse order</button>
    </div>
    <main class="counters">
      <!-- What is tracked keeps each element, and so its connection, when the order changes. -->
      @for (counter of counters(); track counter.name) {
        <shop-counter
          [settings]="counter"
          [amount]="amount()"
          [isClosed]="isClosed()"
          [showsLog]="showsLog()"
          (removed)="remove(counter)"
        />
      }
    </main>
  `,
})
export class App {
  protected readonly counters = signal(inject(SETTINGS));
  protected readonly amount = signal('4.60');
  protected readonly isClosed = signal(false);
  protected readonly showsLog = signal(false);

  protected reverse(): void {
    this.counters.update((all) => all.toReversed());
  }

  protected remove(counter: CounterSettings): void {
    this.counters.update((all) => all.filter((other) => other !== counter));
  }
}
