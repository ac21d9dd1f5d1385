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

/** The data of the picture beside an opening: the way to the poll's page for whoever has another phone at hand. */
export interface PollOpeningPicture {
  readonly kind: 'pollOpening';
  readonly placeName: string;
  readonly topicNumber: number;
  readonly title: string;
  /** 3号楼业主，每户1票 */
  readonly electorate: string;
  /** As read: 12月20日（周日）18:00. */
  readonly closes: string;
  /** Address behind the QR code, and under it in letters. */
  readonly url: string;
}

/** What is drawn beside a text, which says all of it. */
export type Picture = PollResultPicture | PollOpeningPicture;

/** Draws pictures. The same data give the same bytes. */
export interface PictureRenderer {
  png(picture: Picture): Promise<Uint8Array>;
}
