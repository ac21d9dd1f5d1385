const STORAGE = 'yishi.place';

/** The place chosen last on this computer; undefined lets the server choose. */
export function storedPlace(): string | undefined {
  try {
    return localStorage.getItem(STORAGE) ?? undefined;
  } catch {
    return undefined;
  }
}

export function storePlace(placeId: string | undefined): void {
  try {
    if (placeId === undefined) localStorage.removeItem(STORAGE);
    else localStorage.setItem(STORAGE, placeId);
  } catch {
    // Kept for this visit only.
  }
}
