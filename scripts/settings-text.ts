import { settings } from '#src/config';

/** A setting as people read about it; `byDefault` is undefined where there is no fixed default. */
interface DescribedSetting {
  readonly name: string;
  readonly about: string;
  readonly byDefault: string | undefined;
}

function described(): readonly DescribedSetting[] {
  return Object.entries(settings).map(([name, { schema, about }]) => {
    const value = schema.parse(undefined);
    return { name, about, byDefault: value?.toString() };
  });
}

const HEAD = `# Settings of Yishi. Copy this file to .env and change what you need; what the environment says wins over .env.
# A wrong setting stops the start with exit code 2 and a list of everything that is wrong.
`;

/** What .env.example holds: every setting with its meaning, set to its default or left open. */
export function envExample(): string {
  const parts = described().map(({ name, about, byDefault }) => `# ${about}\n#${name}=${byDefault ?? ''}\n`);
  return [HEAD, ...parts].join('\n');
}

/** The table of settings in README.md. */
export function settingsTable(): string {
  const rows = described().map(
    ({ name, about, byDefault }) =>
      `| \`${name}\` | ${byDefault === undefined ? '' : `\`${byDefault}\``} | ${about} |`,
  );
  return ['| setting | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
