export interface DeliveryRow {
  readonly outboxId: string;
  readonly groupName: string;
  /** First line of what was sent: a poll sends its question, reminders and a result. */
  readonly about?: string;
  /** waiting, handedOver, delivered, needsTap, uncertain, failed. */
  readonly word: string;
  /** Chinese cause and cure for whatever is not delivered. */
  readonly cause?: string;
  readonly cure?: string;
  /** When it went out, or will. */
  readonly at?: string;
}
