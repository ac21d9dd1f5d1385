/** One step worth proving later. Holds ids and figures, never message texts. */
export interface AuditEntry {
  readonly placeId: string;
  /** Stable id of what was done: `poll.opened`, `concern.merged` … */
  readonly action: string;
  /** The person who did it, or `system`. */
  readonly actorId: string;
  readonly subjectId: string;
  readonly at: Date;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}
