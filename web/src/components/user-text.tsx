/** What people wrote: always text, kept apart from its surroundings in both writing directions. */
export function UserText({ children }: { children: string }) {
  return <bdi>{children}</bdi>;
}

/** Several lines of it. */
export function UserBlock({ children }: { children: string }) {
  return (
    <p className="user-block">
      <bdi>{children}</bdi>
    </p>
  );
}
