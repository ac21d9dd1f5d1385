/** Everything that is wrong with a community's file, each with the path of where it stands. */
export class CommunityError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the community was not saved:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'CommunityError';
    this.problems = problems;
  }
}
