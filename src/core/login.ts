/** How a person with an office signs in to the console. */
export interface LoginStore {
  /** The person whose login name and password these are; undefined when either is wrong. */
  verify(login: string, password: string): Promise<string | undefined>;
  setPassword(login: string, personId: string, password: string): Promise<void>;
  /** Every login name that has a password, with whose it is. */
  names(): Promise<readonly { readonly login: string; readonly personId: string }[]>;
  /** Makes a link token that signs this person in. `uses`: how often; the demo's links may be used many times. */
  createLink(personId: string, options: { expiresAt: Date; uses: number }): Promise<string>;
  /** The person of an unexpired link, and takes one use off. */
  redeem(token: string, now: Date): Promise<string | undefined>;
}
