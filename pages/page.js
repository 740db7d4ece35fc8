// What every page does: build its content without ever reading text as markup, call the gateway
// on its own origin, and say what went wrong.

const byId = (id) => document.getElementById(id);
let csrf = '';

export function show(...children) {
  byId('content').replaceChildren(...children);
}

export function setHeading(text) {
  byId('heading').textContent = text;
  document.title = `${text} - Countersign`;
}

export function setWho(text) {
  byId('who').textContent = text;
}

export function setCsrf(token) {
  csrf = token;
}

export function say(text, kind = '') {
  const box = byId('message');
  box.className = `message ${kind}`;
  box.textContent = text;
  if (text !== '') box.scrollIntoView({ block: 'nearest' });
}

// An element with text and children; a property that begins with `on` is a listener.
export function element(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const made = document.createElement(tag);
  if (classes.length > 0) made.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function section(title, ...children) {
  return element('section', {}, element('h2', {}, title), ...children);
}

export function facts(rows) {
  return element(
    'dl',
    {},
    ...rows.flatMap(([name, ...values]) => [element('dt', {}, name), element('dd', {}, ...values)]),
  );
}

// A button that works once at a time, and whose failure is said.
export function button(text, kind, work) {
  const made = element(`button${kind === '' ? '' : `.${kind}`}`, { type: 'button' }, text);
  made.addEventListener('click', async () => {
    if (made.getAttribute('aria-busy') === 'true') return;
    made.setAttribute('aria-busy', 'true');
    say('');
    try {
      await work();
    } catch (error) {
      say(sentenceOf(error), 'bad');
    } finally {
      made.removeAttribute('aria-busy');
    }
  });
  return made;
}

export function sentenceOf(error) {
  if (error instanceof DOMException) {
    if (error.name === 'NotAllowedError') {
      return 'The passkey did not answer: it was declined, took too long, or is not on this device.';
    }
    if (error.name === 'SecurityError') {
      return 'The browser refuses: this page may not use the passkey of that host name.';
    }
    if (error.name === 'InvalidStateError') return 'This device is enrolled already.';
  }
  return error instanceof Error ? error.message : 'Something went wrong.';
}

export async function call(method, path, body) {
  const prefix = location.pathname.startsWith('/sign-in/') ? '/sign-in/api/' : '/approve/api/';
  const response = await fetch(prefix + path, {
    method,
    credentials: 'same-origin',
    redirect: 'error',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' && csrf !== '' ? { 'x-countersign-page': csrf } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const hint = typeof answer.hint === 'string' ? ` (${answer.hint})` : '';
  const failure = new Error(`${answer.detail ?? `the gateway answered ${response.status}`}${hint}`);
  failure.status = response.status;
  throw failure;
}

// The secret of a link, which leaves the address at once: it must not stay in the history.
export function takeFragment() {
  const secret = location.hash.slice(1);
  if (secret !== '') history.replaceState(null, '', location.pathname);
  return secret;
}

// Runs the page; whatever it throws is said.
export async function start(work) {
  try {
    await work();
  } catch (error) {
    say(sentenceOf(error), 'bad');
  }
}
