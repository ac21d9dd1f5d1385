import { useState } from 'react';

import { Playground } from './playground.tsx';

/** The page; when the demo begins anew nothing of the old one is kept. */
export function App() {
  const [beginning, setBeginning] = useState(0);
  return <Playground key={beginning} onRestart={setBeginning} />;
}
