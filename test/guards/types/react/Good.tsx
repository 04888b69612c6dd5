import type {} from 'magtek-elements/types/react';
import { useRef } from 'react';
import type { MagtekReader } from 'magtek-elements';
export function App() {
  const ref = useRef<MagtekReader>(null);
  return (
    <magtek-reader
      ref={ref}
      url="wss://a.example"
      auto-connect
      className="x"
      requestTimeout={3}
      onmagtek-card-data={(event) => {
        const pan: string | undefined = event.detail.maskedPan;
        console.log(pan);
      }}
    >
      <magtek-status hidden={false} />
      <magtek-log for="x" />
    </magtek-reader>
  );
}
