/** The list of counters, and what holds for all of them. It does not know what happens at a counter. */
import { useState } from 'react';
import type { CounterSettings } from '../../shared/counters/counters';
import { Counter } from './Counter';

export function App({ settings }: { readonly settings: readonly CounterSettings[] }) {
  const [counters, setCounters] = useState(settings);
  const [amount, setAmount] = useState('4.60');
  const [isClosed, setClosed] = useState(false);
  const [showsLog, setShowsLog] = useState(false);

  return (
    <>
      <h1>Counters in React</h1>
      <div className="controls">
        <label>
          Amount in euro{' '}
          <input id="amount" inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} />
        </label>
        <label>
          <input id="closed" type="checkbox" checked={isClosed} onChange={(event) => setClosed(event.target.checked)} />{' '}
          Closed
        </label>
        <label>
          <input id="log" type="checkbox" checked={showsLog} onChange={(event) => setShowsLog(event.target.checked)} />{' '}
          Log
        </label>
        <button id="reverse" type="button" onClick={() => setCounters((all) => all.toReversed())}>
          Reverse order
        </button>
      </div>
      <main className="counters">
        {counters.map((counter) => (
          // The key keeps each element, and so its connection, when the order changes.
          <Counter
            key={counter.name}
            {...counter}
            amount={amount}
            isClosed={isClosed}
            showsLog={showsLog}
            onRemove={() => setCounters((all) => all.filter((other) => other !== counter))}
          />
        ))}
      </main>
    </>
  );
}
