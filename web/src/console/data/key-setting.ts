const STORAGE = 'yishi.keys';

/** Keys of the queue can be switched off on this computer. */
export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(STORAGE) !== 'off';
  } catch {
    return true;
  }
}

export function setKeysOn(on: boolean): void {
  try {
    localStorage.setItem(STORAGE, on ? 'on' : 'off');
  } catch {
    // Kept for this visit only.
  }
}
