import type { HeldVote } from '#core/vote-page';

import { VOTE_PAGE_WORDS as WORDS } from '#texts/vote-page-words';

import { html, said, type Html } from './html.ts';
import { leaveForm, page, receiptOf, sentenceView, type Shown } from './views.ts';

/** For whom else the voter may vote, what stands for each, and how; nothing where nobody authorised them. */
export function heldSection(shown: Shown, held: readonly HeldVote[]): Html | undefined {
  if (held.length === 0) return undefined;
  return html`<section class="held" aria-labelledby="held">
    <h2 id="held">${WORDS.held(held.length, shown.poll.unit)}</h2>
    <p>${WORDS.heldWords}</p>
    ${held.map((one) => heldVote(shown, one))}
  </section>`;
}

function heldVote(shown: Shown, one: HeldVote): Html {
  const { voter, ballot, isCastByHolder, say, decline } = one;
  const label = voter.label ?? '';
  return html`<h3>${said(label)}</h3>
    ${ballot && isCastByHolder ? receiptOf(shown, ballot) : html`<p>${standing(one)}</p>`}
    ${
      isOpenToHolder(one) &&
      html`<p>
        <a class="button second" href="${shown.path}/choose?for=${one.key}"
          >${ballot ? WORDS.changeFor(label) : WORDS.voteFor(label)}</a
        >
      </p>`
    }
    <p class="hint">${WORDS.heldInChat(say, decline)}</p>`;
}

/** What the voter cast in person or gave on paper stands over everything the holder could send. */
function isOpenToHolder({ ballot }: HeldVote): boolean {
  return ballot === undefined || ballot.path === 'proxy';
}

function standing(one: HeldVote): string {
  if (!one.ballot) return WORDS.notVoted;
  return isOpenToHolder(one) ? WORDS.otherCast : WORDS.ownStands;
}

/** After a vote for somebody else: that it was received, then all of them. */
export function heldView(shown: Shown, held: readonly HeldVote[], cast: HeldVote | undefined): Html {
  return page(
    shown,
    html`${cast?.isCastByHolder === true && received(cast)} ${heldSection(shown, held)}
      <p><a class="button second" href="${shown.path}">${WORDS.toOwn}</a></p>
      ${leaveForm(shown)}`,
  );
}

function received({ voter }: HeldVote): Html {
  return html`<section class="receipt" aria-labelledby="received">
    <h2 id="received" tabindex="-1" data-focus>
      <span aria-hidden="true">✓ </span>${WORDS.castForOther(voter.label ?? '')}
    </h2>
    <p>${WORDS.castForOtherWords}</p>
  </section>`;
}

/** Nobody authorised the voter so, or not any more. */
export function notHeldView(shown: Shown): Html {
  const back = html`<p><a class="button second" href="${shown.path}">${WORDS.toOwn}</a></p>`;
  return sentenceView(shown, WORDS.notHeld, back);
}
