/** The data of a poll's result picture; drawn when it is sent or looked at, so that only facts are stored. */
export interface PollResultPicture {
  readonly kind: 'pollResult';
  readonly placeName: string;
  readonly topicNumber: number;
  readonly title: string;
  /** In words: 有效，通过 or 人数不够，不算数. */
  readonly verdict: string;
  readonly valid: boolean;
  readonly turnout: {
    readonly voted: number;
    readonly roll: number;
    readonly quorum: number;
    readonly unit: string;
  };
  /** In the frozen order of the poll. */
  readonly options: readonly { readonly label: string; readonly votes: number }[];
  /** When it closed, as read: 12月20日（周日）18:00. */
  readonly closedAt: string;
  readonly verificationCode: string;
  /** Address behind the QR code; without one there is no QR code. */
  readonly url?: string;
}

/** Draws pictures. The same data give the same bytes. */
export interface PictureRenderer {
  png(picture: PollResultPicture): Promise<Uint8Array>;
}
