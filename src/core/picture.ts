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
  /** Conditions of the rules in words, where there are more than a number of voters. */
  readonly checks?: readonly string[];
  /** In the frozen order of the poll. */
  readonly options: readonly PictureOption[];
  /** When it closed, as read: 12月20日（周日）18:00. */
  readonly closedAt: string;
  readonly verificationCode: string;
  /** Address behind the QR code; without one there is no QR code. */
  readonly url?: string;
}

/** One bar. Pictures kept from before there were methods have only votes. */
export interface PictureOption {
  readonly label: string;
  /** Length of the bar, out of `full`; by default out of the votes of all options. */
  readonly votes: number;
  readonly full?: number;
  /** What stands beside the bar: 79户, 12分; by default the votes. */
  readonly words?: string;
  /** And beside that; by default the percent. */
  readonly side?: string;
}

/** Draws pictures. The same data give the same bytes. */
export interface PictureRenderer {
  png(picture: PollResultPicture): Promise<Uint8Array>;
}
