import { useEffect, useState, type ReactNode } from 'react';

import { keepSize, keptSize, showSize, SIZES, type Size } from './text-size.ts';

/** A page of one column, with the size of its text to choose; the choice is remembered on this phone. */
export function Frame({ children }: { children: ReactNode }) {
  const [size, setSize] = useState(keptSize);
  useEffect(() => showSize(size), [size]);
  const choose = (chosen: Size) => {
    setSize(chosen);
    keepSize(chosen);
  };
  return (
    <>
      <header>
        <fieldset className="sizes">
          <legend>字号</legend>
          {(Object.keys(SIZES) as Size[]).map((one) => (
            <label key={one}>
              <input type="radio" name="size" checked={one === size} onChange={() => choose(one)} />
              <span>{SIZES[one]}</span>
            </label>
          ))}
        </fieldset>
      </header>
      <main>{children}</main>
    </>
  );
}
