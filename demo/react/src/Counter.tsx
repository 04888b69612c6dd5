/** One counter: a reader, a sale on it, and what its events told. It does not know the other counters. */
import type { MagtekCardDataEvent, MagtekReader } from 'magtek-elements';
import { useRef, useState } from 'react';
import { askHost, type CounterSettings } from '../../shared/counters/counters';

interface CounterProps extends CounterSettings {
  readonly amount: string;
  readonly isClosed: boolean;
  readonly showsLog: boolean;
  readonly onRemove: () => void;
}

export function Counter({ name, url, amount, isClosed, showsLog, onRemove }: CounterProps) {
  const reader = useRef<MagtekReader>(null);
  const [card, setCard] = useState('');
  const [outcome, setOutcome] = useState('');
  const [serialNumber, setSerialNumber] = useState('');
  const [problem, setProblem] = useState('');

  const showCard = ({ detail }: MagtekCardDataEvent) => {
    // The batch at the end of the sale has no card number.
    if (detail.kind === 'arqc') setCard(detail.maskedPan);
  };

  const askSerialNumber = async () => {
    try {
      const info = await reader.current?.getDeviceInfo();
      setSerialNumber(info?.serialNumber ?? '');
    } catch (error) {
      setProblem(String(error));
    }
  };

  return (
    <section className="counter" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <button className="remove" type="button" onClick={onRemove}>
          Remove
        </button>
      </header>
      <magtek-reader
        ref={reader}
        url={url}
        simulated={url === ''}
        autoConnect
        authorize={askHost}
        onmagtek-card-data={showCard}
        onmagtek-transaction-complete={(event) => setOutcome(event.detail.outcome)}
        onmagtek-error={(event) => setProblem(event.detail.error.message)}
      >
        <magtek-status />
        <magtek-transaction amount={amount} currency="EUR" disabled={isClosed} />
        {url === '' && <magtek-simulator />}
        {showsLog && <magtek-log />}
      </magtek-reader>
      <button className="ask" type="button" onClick={() => void askSerialNumber()}>
        Ask for the serial number
      </button>
      <dl>
        <dt>Card</dt>
        <dd className="card">{card}</dd>
        <dt>Outcome</dt>
        <dd className="outcome">{outcome}</dd>
        <dt>Serial number</dt>
        <dd className="serial-number">{serialNumber}</dd>
      </dl>
      {problem !== '' && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
