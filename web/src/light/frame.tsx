import { useEffect, useState, type ReactNode } from 'react';

const SIZES = { standard: '标准', large: '大', largest: '特大' } as const;
type Size = keyof typeof SIZES;

const KEPT_AS = 'yishi.text-size';

function keptSize(): Size {
  try {
    const kept = localStorage.getItem(KEPT_AS) ?? '';
    return kept in SIZES ? (kept as Size) : 'standard';
  } catch {
    return 'standard';
  }
}

/** A page of one column, with the size of its text to choose; the choice is remembered on this phone. */
export function Frame({ children }: { children: ReactNode }) {
  const [size, setSize] = useState(keptSize);
  useEffect(() => {
    document.documentElement.dataset['size'] = size;
  }, [size]);
  const choose = (chosen: Size) => {
    setSize(chosen);
    try {
      localStorage.setItem(KEPT_AS, chosen);
    } catch {
      // A browser that keeps nothing shows the chosen size as long as the page is open.
    }
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
