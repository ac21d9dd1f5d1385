import type { Poll } from '#core/poll';
import { BEST_SCORE, type GivenChoice } from '#core/vote-method';
import { moneyWords } from '#texts/method-words';
import { choosingWords, VOTE_PAGE_WORDS as WORDS } from '#texts/vote-page-words';

import { html, said, type Html } from './html.ts';
import { figureName } from './read-form.ts';

/**
 * The choices of a poll as a plain form, which works without scripts. Nothing is chosen before; the order is the
 * frozen one. Scripts read `data-…` to count along.
 */
export function choiceForm(poll: Poll, action: string, hidden?: Html): Html {
  return html`<form method="post" action="${action}" data-live>
    ${hidden} ${controls(poll)}
    <button type="submit">${WORDS.next}</button>
  </form>`;
}

function controls(poll: Poll): Html {
  switch (poll.method.kind) {
    case 'forAgainst':
    case 'single':
      return group(
        poll,
        poll.options.map((option, index) => choice('radio', index, said(option))),
      );
    case 'several':
      return group(
        poll,
        poll.options.map((option, index) => choice('checkbox', index, said(option))),
      );
    case 'budget':
      return budget(poll, poll.method);
    case 'ranking':
      return ranking(poll);
    case 'points':
      return points(poll, poll.method.points);
    case 'score':
      return score(poll);
  }
}

function group(poll: Poll, choices: readonly Html[], counting?: Html): Html {
  return html`<fieldset class="choices" ${counting}>
    <legend>${choosingWords(poll)}</legend>
    ${choices}
  </fieldset>`;
}

function choice(type: 'radio' | 'checkbox', index: number, label: Html, more?: Html): Html {
  return html`<label class="choice"
    ><input type="${type}" name="option" value="${index + 1}" ${more} /><span>${label}</span></label
  >`;
}

function budget(poll: Poll, method: Extract<Poll['method'], { kind: 'budget' }>): Html {
  const choices = poll.options.map((option, index) => {
    const cost = method.costs[index] ?? 0;
    const label = html`${said(option)} <span class="cost">${moneyWords(cost, method)}</span>`;
    return choice('checkbox', index, label, html`data-cost="${cost}"`);
  });
  const counting = html`data-budget="${method.limit}" data-unit="${method.unit}"`;
  return html`${group(poll, choices, counting)}${counter()}`;
}

/** One list a rank, so that a hole or a double is seen before it is sent. */
function ranking(poll: Poll): Html {
  const ranks = poll.options.map(
    (_, rank) =>
      html`<label class="field" for="rank${rank + 1}">第${rank + 1}</label>
        <select id="rank${rank + 1}" name="option">
          <option value="">请选</option>
          ${poll.options.map((option, index) => html`<option value="${index + 1}">${option}</option>`)}
        </select>`,
  );
  return group(poll, ranks, html`data-ranking`);
}

function points(poll: Poll, total: number): Html {
  const fields = poll.options.map(
    (option, index) =>
      html`<label class="field" for="${figureName(index + 1)}">${said(option)}</label>
        <input
          id="${figureName(index + 1)}"
          name="${figureName(index + 1)}"
          type="text"
          inputmode="numeric"
          maxlength="4"
          autocomplete="off"
        />`,
  );
  return html`${group(poll, fields, html`data-points="${total}"`)}${counter()}`;
}

function score(poll: Poll): Html {
  const scores = Array.from({ length: BEST_SCORE }, (_, index) => index + 1);
  const groups = poll.options.map(
    (option, index) =>
      html`<fieldset class="score">
        <legend>${said(option)}</legend>
        <div class="scores">
          ${scores.map(
            (value) =>
              html`<label
                ><input type="radio" name="${figureName(index + 1)}" value="${value}" /><span
                  >${value}分</span
                ></label
              >`,
          )}
        </div>
      </fieldset>`,
  );
  return html`<p class="legend">${choosingWords(poll)}</p>
    ${groups}`;
}

/** Where scripts say what is left; empty and silent without them. */
function counter(): Html {
  return html`<p class="counter" role="status"></p>`;
}

/** The choice once more, to be sent; in fields that nobody sees. */
export function hiddenChoice(given: GivenChoice): Html {
  const fields =
    given.kind === 'list'
      ? given.values.map((value) => ['option', value] as const)
      : given.pairs.map(([option, figure]) => [figureName(option), figure] as const);
  return html`${fields.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )}`;
}
