import type { Place } from '#core/people';
import { isEntered } from '#core/ballot-order';
import type { Ballot, Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Choice, ChoiceProblem, GivenChoice } from '#core/vote-method';
import type { HeldVote, PageVoter } from '#core/vote-page';
import { formatMoment } from '#language/dates';
import { inFours, openingCode } from '#src/proof/short-code';
import { countedPoll } from '#texts/counted-poll';
import { choiceWords, optionLabels } from '#texts/method-words';
import { checkLines, verdictWords } from '#texts/result-texts';
import { ENTERED_WORDS } from '#texts/roll-texts';
import { ruleLines } from '#texts/rule-words';
import { notYetWords, VOTE_PAGE_WORDS as WORDS } from '#texts/vote-page-words';

import { choiceForm, hiddenChoice } from './forms.ts';
import { html, said, type Html } from './html.ts';

/** What every view of a poll's page is made of. */
export interface Shown {
  readonly poll: Poll;
  readonly place: Place;
  readonly description: string;
  /** Path of the page: /vote/3-7K2M9QXAPLMN. */
  readonly path: string;
  readonly now: Date;
}

export function closesWords({ poll, place, now }: Shown): string {
  return formatMoment(poll.closesAt, now, place.timeZone);
}

/** The question with what everybody may know, and in it what the reader can do now. */
export function page(shown: Shown, inner: Html): Html {
  const { poll, place, description } = shown;
  return html`<p class="asks">${WORDS.asks(place.name, poll.topicNumber)}</p>
    <h1 tabindex="-1">${said(poll.title)}</h1>
    <dl class="facts">
      <dt>${WORDS.closes}</dt>
      <dd>${closesWords(shown)}</dd>
      <dt>${WORDS.who}</dt>
      <dd>${poll.electorate}</dd>
    </dl>
    ${inner}
    ${
      description !== '' &&
      html`<details>
        <summary>${WORDS.why}</summary>
        <p>${said(description)}</p>
      </details>`
    }
    <details>
      <summary>${WORDS.rules}</summary>
      <dl>
        ${ruleLines(poll).map(
          ([about, words]) =>
            html`<dt>${about}</dt>
              <dd>${words}</dd>`,
        )}
      </dl>
      <p>${WORDS.frozen(openingCode(poll.fingerprint))}</p>
    </details>
    <p class="help">${WORDS.help(place.dutyContact)}</p>`;
}

function problemNote(problem: string | undefined): Html | undefined {
  return problem === undefined ? undefined : html`<p class="bad" role="alert" tabindex="-1">${problem}</p>`;
}

/** Before anybody said who they are: what is asked, and how to come in. */
export function signInView(shown: Shown, problem?: string): Html {
  const options = optionLabels(shown.poll).map((label) => html`<li>${said(label)}</li>`);
  return page(
    shown,
    html`<ol class="options">
        ${options}
      </ol>
      <section aria-labelledby="sign-in">
        <h2 id="sign-in">${WORDS.signIn}</h2>
        <p>${WORDS.signInWhy}</p>
        ${problemNote(problem)} ${whoForm(shown)}
        <p class="private">${WORDS.seen(shown.poll.rules)}</p>
      </section>`,
  );
}

function whoForm({ path }: Shown): Html {
  return html`<form method="post" action="${path}/code" data-live>
    <label class="field" for="who">${WORDS.whoAmI}</label>
    <input id="who" name="who" type="text" maxlength="60" autocomplete="off" aria-describedby="who-hint" />
    <p class="hint" id="who-hint">${WORDS.whoHint}</p>
    <button type="submit">${WORDS.askCode}</button>
  </form>`;
}

/** A code was asked for. Says the same whoever it was. */
export function codeView(shown: Shown, who: string, problem?: string): Html {
  const { path, poll, place } = shown;
  return page(
    shown,
    html`<section aria-labelledby="code-sent">
      <h2 id="code-sent">${WORDS.sent}</h2>
      <p>${WORDS.sentWords(who)}</p>
      ${problemNote(problem)}
      <form method="post" action="${path}/enter" data-live>
        <input type="hidden" name="who" value="${who}" />
        <label class="field" for="code">${WORDS.code}</label>
        <input
          id="code"
          name="code"
          type="text"
          inputmode="numeric"
          maxlength="40"
          autocomplete="one-time-code"
        />
        <button type="submit">${WORDS.enter}</button>
      </form>
      <details>
        <summary>${WORDS.notGot}</summary>
        ${WORDS.notGotWords(poll, place.dutyContact).map((line) => html`<p>${line}</p>`)}
        <form method="post" action="${path}/code" data-live>
          <input type="hidden" name="who" value="${who}" />
          <button type="submit" class="second">${WORDS.askAgain}</button>
        </form>
        <p><a href="${path}">${WORDS.otherPerson}</a></p>
      </details>
    </section>`,
  );
}

/** The choices, for somebody who may vote. */
export function chooseView(
  shown: Shown,
  {
    isChange,
    problem,
    held,
    also,
  }: {
    readonly isChange: boolean;
    readonly problem?: ChoiceProblem | 'nothing';
    /** Whose vote it is where it is not the voter's own. */
    readonly held?: HeldVote | undefined;
    /** What stands beneath. */
    readonly also?: Html | undefined;
  },
): Html {
  const { poll, path } = shown;
  return page(
    shown,
    html`<section aria-label="投票">
        ${problemNote(problem && notYetWords(poll, problem))} ${held && forWhom(held)}
        ${isChange && html`<p>${WORDS.changing}</p>`} ${choiceForm(poll, `${path}/choose`, heldField(held))}
        <p class="private">${WORDS.seen(shown.poll.rules)}</p>
        ${held && html`<p><a class="button second" href="${path}">${WORDS.back}</a></p>`}
      </section>
      ${also} ${leaveForm(shown)}`,
  );
}

function forWhom({ voter: { label = '' } }: HeldVote): Html {
  return html`<h2>${WORDS.votingFor(label)}</h2>
    <p>${WORDS.votingForWords}</p>`;
}

/** Says with a form whose vote it is. */
function heldField(held: HeldVote | undefined): Html | undefined {
  return held && html`<input type="hidden" name="for" value="${held.key}" />`;
}

/** The choice in words, once more before it is sent. */
export function confirmView(
  shown: Shown,
  {
    choice,
    given,
    held,
    ticket,
  }: {
    readonly choice: Choice;
    readonly given: GivenChoice;
    readonly held?: HeldVote | undefined;
    readonly ticket: string;
  },
): Html {
  const { poll, path } = shown;
  const behind = held ? `?for=${held.key}` : '';
  return html`<p class="asks">${WORDS.asks(shown.place.name, poll.topicNumber)}</p>
    <h1 tabindex="-1">${held ? WORDS.chosenFor(held.voter.label ?? '') : WORDS.chosen}</h1>
    <p class="chosen">${said(choiceWords(poll, choice))}</p>
    <form method="post" action="${path}/cast" data-live data-sending>
      <input type="hidden" name="ticket" value="${ticket}" />
      ${heldField(held)} ${hiddenChoice(given)}
      <button type="submit">${WORDS.cast}</button>
    </form>
    <p><a class="button second" href="${path}/choose${behind}">${WORDS.back}</a></p>`;
}

/** What stands for whoever is here, without the choice. */
export function receiptView(
  shown: Shown,
  { ballots, entries }: Pick<PageVoter, 'ballots' | 'entries'>,
  also?: Html,
): Html {
  const { path } = shown;
  return page(
    shown,
    html`<section class="receipt" aria-labelledby="received">
        <h2 id="received" tabindex="-1" data-focus><span aria-hidden="true">✓ </span>${WORDS.received}</h2>
        ${ballots.map((ballot) => receipt(shown, ballot, entries))}
        <p>${WORDS.receiptWords}</p>
        <p>${WORDS.later(closesWords(shown))}</p>
        <p><a class="button second" href="${path}/choose">${WORDS.change}</a></p>
      </section>
      ${also} ${leaveForm(shown)}`,
  );
}

function receipt(shown: Shown, ballot: Ballot, entries: readonly RollEntry[]): Html {
  const label = entries.find(({ voterId }) => voterId === ballot.voterId)?.label;
  const path = isEntered(ballot.path) ? ENTERED_WORDS[ballot.path as keyof typeof ENTERED_WORDS] : undefined;
  return html`${receiptOf(shown, ballot, label)}
  ${path !== undefined && html`<p>${WORDS.entered(label ?? '', path)}</p>`}
  ${ballot.path === 'proxy' && html`<p>${WORDS.castForYou(label ?? '')}</p>`}`;
}

/** One ballot's receipt, and when it came. */
export function receiptOf({ now, place }: Shown, ballot: Ballot, label?: string): Html {
  return html`<p>
    ${WORDS.receipt}${label !== undefined && html`（${said(label)}）`}<br />
    <strong class="code">${inFours(ballot.receipt)}</strong><br />
    ${WORDS.castAt(formatMoment(ballot.sentAt, now, place.timeZone))}
  </p>`;
}

export function leaveForm({ path }: Shown): Html {
  return html`<form method="post" action="${path}/leave" data-live>
    <button type="submit" class="quiet">${WORDS.otherPerson}</button>
  </form>`;
}

/** A sentence instead of what cannot be done, under the question. */
export function sentenceView(shown: Shown, sentence: string, more?: Html): Html {
  return page(
    shown,
    html`<section>
      <p role="status">${sentence}</p>
      ${more}
    </section>`,
  );
}

export function notOnRollView(shown: Shown): Html {
  const { poll, place } = shown;
  return sentenceView(shown, WORDS.notOnRoll(poll, place.dutyContact), leaveForm(shown));
}

/** Kept, not decided yet: looks again by itself. */
export function underWayView({ poll, place }: Shown, again: string): Html {
  return html`<p class="asks">${WORDS.asks(place.name, poll.topicNumber)}</p>
    <h1 tabindex="-1" data-again="${again}">${WORDS.underWay}</h1>
    <p role="status">${WORDS.underWayWords}</p>`;
}

/** The result as the groups have it, and the way to check one's own ballot. */
export function resultView(shown: Shown, voter: PageVoter | undefined): Html {
  const { poll } = shown;
  const { result } = poll;
  if (!result) return sentenceView(shown, WORDS.counting(closesWords(shown)));
  const counted = countedPoll(poll, result);
  const bars = counted.options.map(
    ({ label, value, full, words, side }) =>
      html`<li>
        <span>${said(label)}</span> <strong>${words}</strong>　${side}
        <meter min="0" max="${Math.max(full, 1)}" value="${value}" aria-hidden="true"></meter>
      </li>`,
  );
  return page(
    shown,
    html`<section aria-labelledby="result">
      <h2 id="result">${WORDS.result}：${verdictWords(counted)}</h2>
      <p>${WORDS.turnout(counted.roll, counted.voted, counted.unit)}</p>
      <ul class="bars">
        ${bars}
      </ul>
      ${checkLines(counted).map((line) => html`<p>${line}</p>`)}
      <p>${WORDS.advice}</p>
      ${voter?.ballots.map((ballot) => receipt(shown, ballot, voter.entries))}
      ${voter?.held.flatMap((held) => castReceipt(shown, held))}
      <p><a class="button second" href="/verify/${poll.fingerprint.slice(0, 16)}">${WORDS.check}</a></p>
    </section>`,
  );
}

/** What the holder cast for somebody else. */
function castReceipt(shown: Shown, { voter, ballot, isCastByHolder }: HeldVote): readonly Html[] {
  return ballot && isCastByHolder ? [receiptOf(shown, ballot, WORDS.forVoter(voter.label ?? ''))] : [];
}

/** A page for what is no poll. */
export function plainView(title: string, words: string): Html {
  return html`<h1 tabindex="-1">${title}</h1>
    <section><p>${words}</p></section>`;
}
