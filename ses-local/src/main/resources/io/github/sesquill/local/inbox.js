'use strict';

// Everything that came in a message is put in as text, never as HTML; HTML is shown by a frame that may do nothing.

const byId = id => document.getElementById(id);

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'onclick') made.addEventListener('click', value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

async function ask(path, method = 'GET', body) {
  const response = await fetch(path, {
    method, headers: body ? { 'Content-Type': 'application/json' } : {}, body: body ? JSON.stringify(body) : undefined
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function say(text) { byId('said').textContent = text; }

async function attempt(action) {
  try { await action(); } catch (problem) { say(problem.message); window.alert(problem.message); }
}

const state = { view: 'inbox', messages: [], total: 0, chosen: null, tab: null };

// ---- list

const GOOD = new Set(['DELIVERED', 'Delivery']);
const NEUTRAL = new Set(['Send', 'Open', 'Click']);
const FATES = {
  DELIVERED: 'delivered', BOUNCED: 'bounces', BOUNCED_FOR_NOW: 'bounces for now', OUT_OF_OFFICE: 'out of office',
  COMPLAINED: 'complains', SUPPRESSED_BOUNCE: 'suppressed', SUPPRESSED_COMPLAINT: 'suppressed',
  UNSUBSCRIBED: 'unsubscribed', REJECTED: 'virus', NOT_RENDERED: 'not rendered'
};

function chip(word, text) {
  const kind = GOOD.has(word) ? ' good' : NEUTRAL.has(word) ? '' : /Delay|OFFICE|NOW/.test(word) ? ' wait' : ' bad';
  return element('span', { class: 'chip' + kind }, text || word);
}

function outcome(message) {
  if (message.events.length) return message.events.map(event => chip(event));
  return [...new Set(message.recipients.map(recipient => recipient.fate))].map(fate => chip(fate, FATES[fate]));
}

function time(instant) {
  const at = new Date(instant);
  return element('time', { datetime: instant, title: at.toLocaleString() },
    at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' }));
}

function row(message) {
  const to = message.recipients.map(recipient => recipient.address).join(', ');
  return element('li', {
    role: 'option', id: 'message-' + message.id, 'data-id': message.id,
    'aria-selected': String(message.id === state.chosen), onclick: () => choose(message.id)
  },
  element('div', { class: 'row' }, element('span', {}, to), element('span', { class: 'soft' }, time(message.at))),
  element('div', { class: 'subject' }, message.subject || '(no subject)'),
  element('div', { class: 'row', title: 'From ' + message.from }, element('span', { class: 'chips' }, ...outcome(message)),
    element('span', { class: 'chip' }, message.by)));
}

async function loadList() {
  const search = byId('search').value.trim();
  const answer = await ask('/inbox/messages' + (search ? '?search=' + encodeURIComponent(search) : ''));
  state.messages = answer.messages;
  state.total = answer.total;
  byId('count').textContent = answer.total ? '(' + answer.total + ')' : '';
  byId('messages').replaceChildren(...answer.messages.map(row));
  byId('empty').hidden = answer.messages.length > 0;
  byId('empty').textContent = search ? 'Nothing matches.'
    : 'Nothing has been sent yet. Send to this address with any SDK, or over SMTP.';
  byId('clear').hidden = answer.total === 0;
  mark();
}

function mark() {
  for (const item of byId('messages').children) {
    item.setAttribute('aria-selected', String(item.dataset.id === state.chosen));
  }
  const chosen = state.chosen && byId('message-' + state.chosen);
  if (chosen) byId('messages').setAttribute('aria-activedescendant', chosen.id);
  else byId('messages').removeAttribute('aria-activedescendant');
}

async function choose(id) {
  if (id !== state.chosen) state.tab = null;
  state.chosen = id;
  mark();
  const item = byId('message-' + id);
  if (item) item.scrollIntoView({ block: 'nearest' });
  await loadDetail();
}

function step(by) {
  const at = state.messages.findIndex(message => message.id === state.chosen);
  const next = state.messages[Math.min(state.messages.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  if (next) choose(next.id);
}

// ---- one message

async function loadDetail() {
  const id = state.chosen;
  if (!id) {
    byId('detail').replaceChildren(element('p', { class: 'empty' }, 'Choose a message. Up and down go through the list, / searches.'));
    return;
  }
  try {
    const message = await ask('/inbox/messages/' + encodeURIComponent(id));
    if (id === state.chosen) show(message);
  } catch (problem) {
    if (id === state.chosen) byId('detail').replaceChildren(element('p', { class: 'empty' }, problem.message));
  }
}

function show(message) {
  const terms = [['From', message.from], ['To', message.to], ['Cc', message.cc], ['Reply-To', message.replyTo],
    ['Sent', new Date(message.at).toLocaleString() + ' by ' + message.operation],
    ['Configuration set', message.configurationSet], ['Message id', message.id],
    ['Not rendered', message.renderingFailure]].filter(([, value]) => value);
  const list = element('dl', {}, ...terms.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  const tags = Object.entries(message.tags);
  if (tags.length) {
    list.append(element('dt', {}, 'Tags'),
      element('dd', { class: 'chips' }, ...tags.map(([name, value]) => element('span', { class: 'chip' }, name + '=' + value))));
  }
  list.append(element('dt', {}, 'Outcome'),
    element('dd', { class: 'chips' }, ...message.recipients.map(recipient => became(message, recipient))));
  byId('detail').replaceChildren(element('h2', {}, message.subject || '(no subject)'), list, tools(message),
    ...message.notes.map(note => element('p', { class: 'soft' }, note)), ...tabs(message));
}

// What somebody made happen by hand comes after what was to become of it.
function became(message, recipient) {
  let word = recipient.fate;
  for (const { json } of message.notifications) {
    const has = list => (list || []).some(one => one.emailAddress === recipient.address);
    if (json.bounce && has(json.bounce.bouncedRecipients)) word = json.bounce.bounceType === 'Permanent' ? 'BOUNCED' : 'BOUNCED_FOR_NOW';
    if (json.complaint && has(json.complaint.complainedRecipients)) word = 'COMPLAINED';
  }
  if (recipient.fate === 'OUT_OF_OFFICE' && word === 'BOUNCED_FOR_NOW') word = recipient.fate;
  return chip(word, recipient.address + ' ' + FATES[word]);
}

function tools(message) {
  const who = element('select', { 'aria-label': 'Recipient', id: 'recipient' },
    ...message.recipients.map(recipient => element('option', {}, recipient.address)));
  const path = '/inbox/messages/' + encodeURIComponent(message.id) + '/';
  const act = (what, body, done) => () => attempt(async () => {
    await ask(path + what, 'POST', { recipient: who.value, ...body });
    say(done);
    await Promise.all([loadList(), loadDetail()]);
  });
  return element('div', { class: 'tools', role: 'group', 'aria-label': 'Make it happen' }, who,
    element('button', { type: 'button', id: 'bounce', class: 'danger', onclick: act('bounce', { permanent: true }, 'It bounced.') }, 'Bounce'),
    element('button', { type: 'button', id: 'soft-bounce', onclick: act('bounce', { permanent: false }, 'It bounced for now.') }, 'Bounce for now'),
    element('button', { type: 'button', id: 'complain', class: 'danger', onclick: act('complaint', {}, 'The reader complained.') }, 'Complain'),
    element('button', { type: 'button', onclick: act('open', {}, 'It was opened.') }, 'Open'));
}

function tabs(message) {
  const base = '/inbox/messages/' + encodeURIComponent(message.id) + '/';
  const views = [];
  if (message.hasHtml) {
    views.push(['HTML', () => element('iframe', {
      title: 'HTML of the message', src: base + 'html', referrerpolicy: 'no-referrer',
      sandbox: 'allow-popups allow-popups-to-escape-sandbox'
    })]);
  }
  if (message.text !== null) views.push(['Text', () => element('pre', { tabindex: '0' }, message.text)]);
  views.push(['Headers', () => headers(message)]);
  if (message.attachments.length) views.push(['Attachments (' + message.attachments.length + ')', () => attachments(message, base)]);
  views.push(['Notifications (' + message.notifications.length + ')', () => notifications(message)]);
  views.push(['Source', () => source(base)]);
  const panel = element('div', { role: 'tabpanel', id: 'panel', tabindex: '-1' });
  const names = views.map(([name]) => name.replace(/ .*/, ''));
  if (!names.includes(state.tab)) state.tab = names[0];
  const buttons = views.map(([name, fill], index) => element('button', {
    type: 'button', role: 'tab', id: 'tab-' + names[index].toLowerCase(), 'aria-controls': 'panel',
    onclick: () => open(index, fill)
  }, name));
  function open(index, fill) {
    state.tab = names[index];
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', String(i === index));
      button.tabIndex = i === index ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', buttons[index].id);
    panel.replaceChildren(fill());
  }
  const bar = element('div', { role: 'tablist', 'aria-label': 'Parts of the message' }, ...buttons);
  bar.addEventListener('keydown', event => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    const next = (names.indexOf(state.tab) + by + names.length) % names.length;
    open(next, views[next][1]);
    buttons[next].focus();
  });
  const first = names.indexOf(state.tab);
  open(first, views[first][1]);
  return [bar, panel];
}

function table(caption, heads, rows) {
  return element('table', {}, element('caption', { class: 'visually-hidden' }, caption),
    element('thead', {}, element('tr', {}, ...heads.map(head => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows));
}

function headers(message) {
  return table('Headers', ['Name', 'Value'], message.headers.map(header =>
    element('tr', {}, element('th', { scope: 'row' }, header.name), element('td', {}, element('code', {}, header.value)))));
}

function attachments(message, base) {
  return table('Attachments', ['File', 'Type', 'Size', 'Content-ID'], message.attachments.map(part =>
    element('tr', {},
      element('td', {}, element('a', { href: base + 'parts/' + part.part, download: true }, part.fileName || '(no name)')),
      element('td', {}, part.contentType + (part.inline ? ', inline' : '')),
      element('td', {}, part.size.toLocaleString() + ' bytes'),
      element('td', {}, part.contentId || ''))));
}

function notifications(message) {
  if (!message.notifications.length) return element('p', { class: 'empty' }, 'None yet.');
  return element('div', {}, ...message.notifications.map(notification =>
    element('details', { open: message.notifications.length === 1 },
      element('summary', {}, chip(notification.type), ' ', time(notification.at)),
      element('pre', { tabindex: '0' }, JSON.stringify(notification.json, null, 2)))));
}

function source(base) {
  const shown = element('pre', { tabindex: '0' }, 'Loading');
  fetch(base + 'source').then(response => response.text()).then(text => {
    shown.textContent = text.length > 1000000 ? text.slice(0, 1000000) + '\n… cut here' : text;
  });
  return shown;
}

// ---- refused and account

async function loadRefused() {
  const answer = await ask('/inbox/refused');
  byId('refused').replaceChildren(element('div', { class: 'wide' }, element('h2', {}, 'Refused'),
    answer.refused.length
      ? table('Refused messages', ['Time', 'From', 'To', 'Why'], answer.refused.map(refused => element('tr', {},
        element('td', {}, time(refused.at)), element('td', {}, refused.from), element('td', {}, refused.recipients.join(', ')),
        element('td', {}, chip(refused.reason, refused.code), ' ', refused.text))))
      : element('p', { class: 'empty' }, 'Nothing was refused.')));
}

async function loadAccount() {
  const account = await ask('/inbox/account');
  const change = body => () => attempt(async () => { await ask('/inbox/account', 'POST', body); await loadAccount(); });
  const used = account.max24HourSend > 0
    ? element('meter', { min: 0, max: account.max24HourSend, value: account.sentLast24Hours, 'aria-label': 'Daily quota used' })
    : null;
  byId('account').replaceChildren(element('div', { class: 'wide' }, element('h2', {}, 'Account'),
    element('dl', {},
      element('dt', {}, 'Region'), element('dd', {}, account.region),
      element('dt', {}, 'State'), element('dd', { class: 'chips' },
        account.sandbox ? chip('NOW', 'sandbox') : chip('Delivery', 'production'),
        account.paused ? chip('bad', 'sending paused') : null, account.suspended ? chip('bad', 'suspended') : null),
      element('dt', {}, 'Rate'), element('dd', {}, account.maxSendRate + ' recipients a second'),
      element('dt', {}, 'Last 24 hours'), element('dd', {}, account.sentLast24Hours.toLocaleString() + ' of '
        + (account.max24HourSend < 0 ? 'unlimited' : account.max24HourSend.toLocaleString()) + ' ', used)),
    element('div', { class: 'tools' },
      element('button', { type: 'button', id: 'sandbox', onclick: change({ sandbox: !account.sandbox }) },
        account.sandbox ? 'Leave the sandbox' : 'Enter the sandbox'),
      element('button', { type: 'button', id: 'pause', onclick: change({ paused: !account.paused }) },
        account.paused ? 'Resume sending' : 'Pause sending')),
    element('h3', {}, 'Identities'), identities(account),
    element('h3', {}, 'Suppression list'), suppressed(account)));
}

function identities(account) {
  if (!account.identities.length) return element('p', { class: 'soft' }, 'None: nothing can be sent before one is created.');
  return table('Identities', ['Name', 'State'], account.identities.map(identity => element('tr', {},
    element('td', {}, identity.name),
    element('td', {}, identity.verified ? chip('Delivery', 'verified') : element('button', {
      type: 'button',
      onclick: () => attempt(async () => {
        await ask('/inbox/identities/' + encodeURIComponent(identity.name) + '/verify', 'POST');
        await loadAccount();
      })
    }, 'Verify ' + identity.name)))));
}

function suppressed(account) {
  if (!account.suppressed.length) return element('p', { class: 'soft' }, 'Nobody.');
  return table('Suppression list', ['Address', 'Reason', 'Since', ''], account.suppressed.map(entry => element('tr', {},
    element('td', {}, entry.address), element('td', {}, chip(entry.reason)), element('td', {}, new Date(entry.at).toLocaleString()),
    element('td', {}, element('button', {
      type: 'button', 'aria-label': 'Remove ' + entry.address,
      onclick: () => attempt(async () => {
        await ask('/inbox/suppressed/' + encodeURIComponent(entry.address), 'DELETE');
        await loadAccount();
      })
    }, 'Remove')))));
}

// ---- views, keys and live updates

async function view(name) {
  state.view = name;
  for (const other of ['inbox', 'refused', 'account']) {
    byId(other).hidden = other !== name;
    byId('view-' + other).setAttribute('aria-pressed', String(other === name));
  }
  await refresh();
}

async function refresh() {
  if (state.view === 'refused') return loadRefused();
  if (state.view === 'account') return loadAccount();
  return loadList();
}

for (const name of ['inbox', 'refused', 'account']) byId('view-' + name).addEventListener('click', () => view(name));

let typing;
byId('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => view('inbox'), 150);
});

byId('clear').addEventListener('click', () => {
  if (window.confirm('Forget all messages?')) {
    attempt(async () => { await ask('/inbox/messages', 'DELETE'); state.chosen = null; await loadList(); await loadDetail(); });
  }
});

document.addEventListener('keydown', event => {
  const typingNow = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === '/' && !typingNow) {
    event.preventDefault();
    byId('search').focus();
  } else if (event.target === byId('messages') || (event.target === document.body && state.view === 'inbox')) {
    if (event.key === 'ArrowDown' || event.key === 'j') { event.preventDefault(); step(1); }
    if (event.key === 'ArrowUp' || event.key === 'k') { event.preventDefault(); step(-1); }
    if (event.key === 'Enter') byId('detail').focus();
  } else if (event.key === 'Escape' && event.target === byId('search')) {
    byId('search').value = '';
    view('inbox');
    byId('messages').focus();
  }
});

let pending = null;
function soon(id) {
  if (pending) { pending.add(id); return; }
  pending = new Set([id]);
  setTimeout(async () => {
    const ids = pending;
    pending = null;
    await refresh().catch(() => {});
    if (state.chosen && (ids.has(state.chosen) || ids.has('all'))) await loadDetail();
  }, 100);
}

const events = new EventSource('/inbox/events');
events.onopen = () => {
  byId('live').textContent = 'live';
  byId('live').classList.add('on');
  soon('all');
};
events.onerror = () => {
  byId('live').textContent = 'not connected';
  byId('live').classList.remove('on');
};
events.onmessage = event => {
  const change = JSON.parse(event.data);
  if (change.type === 'accepted') say('A message has come.');
  soon(change.type === 'all' ? 'all' : change.id || '');
};

refresh().catch(problem => say(problem.message));
