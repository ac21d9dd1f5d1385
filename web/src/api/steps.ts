import type {
  PreviewAnswerOf,
  PreviewInput,
  PreviewName,
  StepAnswer,
  StepInput,
  StepName,
} from '../../../src/http/contract.ts';
import { api } from './client.ts';

/**
 * One id a press: pressing twice, or trying again after a broken connection, has one effect. Works on plain http too,
 * where browsers do not offer crypto.randomUUID.
 */
export function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Takes a step in the chosen place. The same `requestId` again gives the same answer and no second effect. */
export function takeStep<Name extends StepName>(
  placeId: string,
  name: Name,
  input: StepInput<Name>,
  requestId: string,
): Promise<StepAnswer> {
  return api(`/api/console/steps/${name}?place=${encodeURIComponent(placeId)}`, {
    method: 'POST',
    body: { requestId, input },
  });
}

/** Takes a step back within ten seconds. */
export function undoStep(placeId: string, requestId: string): Promise<{ summary: string }> {
  return api(`/api/console/undo?place=${encodeURIComponent(placeId)}`, {
    method: 'POST',
    body: { requestId },
  });
}

/** What a step would send, byte for byte, and to whom. Nothing is written. */
export function previewStep<Name extends PreviewName>(
  placeId: string,
  name: Name,
  input: PreviewInput<Name>,
): Promise<PreviewAnswerOf<Name>> {
  return api(`/api/console/previews/${name}?place=${encodeURIComponent(placeId)}`, {
    method: 'POST',
    body: input,
  });
}
