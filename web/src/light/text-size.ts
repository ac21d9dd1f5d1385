export const SIZES = { standard: '标准', large: '大', largest: '特大' } as const;
export type Size = keyof typeof SIZES;

const KEPT_AS = 'yishi.text-size';

/** The size of text that was chosen on this phone. */
export function keptSize(): Size {
  try {
    const kept = localStorage.getItem(KEPT_AS) ?? '';
    return kept in SIZES ? (kept as Size) : 'standard';
  } catch {
    return 'standard';
  }
}

/** Shows the page in this size. */
export function showSize(size: Size): void {
  document.documentElement.dataset['size'] = size;
}

export function keepSize(size: Size): void {
  try {
    localStorage.setItem(KEPT_AS, size);
  } catch {
    // A browser that keeps nothing shows the chosen size as long as the page is open.
  }
}
