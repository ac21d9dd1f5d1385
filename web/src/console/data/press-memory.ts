/** How long the same press counts as a repetition of one that has already worked: a double click, a held key. */
const REPEAT_MS = 1_500;

interface Press {
  readonly requestId: string;
  /** Absent while nobody knows whether it worked. */
  readonly workedAtMs?: number;
}

/**
 * One request id a press. A press that is repeated, or tried again after a broken connection, keeps its id, so that
 * the server gives it one effect.
 */
export interface PressMemory {
  readonly idFor: (press: string, nowMs: number) => string;
  readonly worked: (press: string, nowMs: number) => void;
  /** The server refused it with a reason: the next press is a new one. */
  readonly refused: (press: string) => void;
  /** It is taken back: the same press is a new one. */
  readonly undone: (requestId: string) => void;
}

export function createPressMemory(newId: () => string): PressMemory {
  const presses = new Map<string, Press>();
  return {
    idFor(press, nowMs) {
      const known = presses.get(press);
      if (known && (known.workedAtMs === undefined || nowMs - known.workedAtMs < REPEAT_MS))
        return known.requestId;
      const requestId = newId();
      presses.set(press, { requestId });
      return requestId;
    },
    worked(press, nowMs) {
      const known = presses.get(press);
      if (known) presses.set(press, { ...known, workedAtMs: nowMs });
    },
    refused: (press) => void presses.delete(press),
    undone(requestId) {
      for (const [press, known] of presses) if (known.requestId === requestId) presses.delete(press);
    },
  };
}
