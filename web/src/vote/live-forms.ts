const SLOW_MS = 8_000;
const AGAIN_MS = 2_000;

/**
 * Sends the page's forms without leaving it: back leads out to the chat, and nothing of a choice is in the history.
 * What cannot be sent stays as it is and says so; the same vote sent again is one vote. Without scripts the same forms
 * are sent by the browser.
 */
export function liveForms(onShown: (page: ParentNode) => void): void {
  const show = (answer: Answer) => {
    const main = replaceMain(answer.page);
    history.replaceState(null, '', answer.url);
    onShown(main);
    const again = main.querySelector<HTMLElement>('[data-again]')?.dataset['again'];
    if (again !== undefined)
      setTimeout(() => void load(again).then(show, () => location.assign(again)), AGAIN_MS);
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !('live' in form.dataset)) return;
    event.preventDefault();
    if (form.dataset['busy'] !== undefined) return;
    void send(form).then(show, () =>
      say(form, '没送到，网断了。您选的还在这里，有网了再按一次，不会算两票。'),
    );
  });
}

interface Answer {
  readonly page: Document;
  /** Where it is: after a step that changes something the address of what it led to. */
  readonly url: string;
}

async function send(form: HTMLFormElement): Promise<Answer> {
  form.dataset['busy'] = '';
  say(form, 'sending' in form.dataset ? '正在送出…' : '稍等…');
  const slow = setTimeout(() => say(form, '网络慢，还没送到，请别关。'), SLOW_MS);
  try {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
    return await answerOf(await fetch(form.action, { method: 'POST', body: fields }));
  } finally {
    clearTimeout(slow);
    delete form.dataset['busy'];
  }
}

async function load(url: string): Promise<Answer> {
  return answerOf(await fetch(url));
}

async function answerOf(response: Response): Promise<Answer> {
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return { page, url: response.redirected ? response.url : location.href };
}

function replaceMain(page: Document): HTMLElement {
  const main = document.querySelector('main');
  const next = page.querySelector('main');
  if (!main || !next) throw new Error('no page came back');
  main.replaceWith(next);
  document.title = page.title;
  window.scrollTo(0, 0);
  const [first] = ['[role="alert"]', '[data-focus]', 'h1'].flatMap(
    (what) => next.querySelector<HTMLElement>(what) ?? [],
  );
  first?.focus();
  return next;
}

/** One line under the form's button, spoken as it changes. */
function say(form: HTMLFormElement, words: string): void {
  const known = form.querySelector<HTMLElement>('.state');
  const line = known ?? document.createElement('p');
  if (!known) {
    line.className = 'state';
    line.setAttribute('role', 'status');
    form.append(line);
  }
  line.textContent = words;
}
