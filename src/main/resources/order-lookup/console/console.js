// The console: one lookup by hand, and the figures of the service. Start here.

import {byId, element} from './dom.js';
import {ask} from './door.js';
import {parse, pretty} from './json.js';
import {watch} from './live.js';
import {showOrder} from './order.js';
import {showProblem} from './problem.js';

const BASE = 'console/v1/customers/';

/** The number of the lookup that people wait for: an older answer that comes late is not shown. */
let current = 0;

byId('lookup').addEventListener('submit', event => {
  event.preventDefault();
  const place = `#${encodeURIComponent(byId('customer').value.trim())}/${encodeURIComponent(byId('order').value.trim())}`;
  if (place === location.hash) {
    lookUp();
  } else {
    location.hash = place;
  }
});
addEventListener('hashchange', follow);
follow();
watch();

/** An address of the form #customer/order is a lookup. */
function follow() {
  const parts = location.hash.slice(1).split('/');
  if (parts.length === 2) {
    try {
      byId('customer').value = decodeURIComponent(parts[0]);
      byId('order').value = decodeURIComponent(parts[1]);
    } catch {
      return;
    }
    lookUp();
  }
}

async function lookUp() {
  const mine = ++current;
  const customer = encodeURIComponent(byId('customer').value.trim());
  const order = encodeURIComponent(byId('order').value.trim());
  const done = showProgress();
  let shown;
  try {
    const start = performance.now();
    const answer = await ask(`${BASE}${customer}/orders/${order}`);
    shown = outcome(answer, await answer.text(), performance.now() - start);
  } catch (failure) {
    shown = unreachable(failure);
  }
  done();
  if (mine === current) {
    byId('outcome').replaceChildren(shown);
    byId('said').textContent = shown.querySelector('h2').textContent;
    byId('outcome').removeAttribute('aria-busy');
    byId('go').disabled = false;
    byId('go').textContent = 'Look up';
  }
}

/** Says that a lookup is under way, and for how long; returns what ends the counting. */
function showProgress() {
  const start = performance.now();
  const seconds = element('span', {class: 'quiet', 'aria-hidden': 'true'});
  const timer = setInterval(() => {
    seconds.textContent = ` ${Math.round((performance.now() - start) / 1000)} s`;
  }, 1000);
  byId('outcome').setAttribute('aria-busy', 'true');
  byId('outcome').replaceChildren(element('section', {class: 'card empty'},
      element('p', {}, 'Looking up…', seconds)));
  byId('said').textContent = 'Looking up…';
  byId('go').disabled = true;
  byId('go').textContent = 'Looking up…';
  return () => clearInterval(timer);
}

function outcome(answer, body, millis) {
  const found = answer.status === 200;
  const document = parse(body);
  return element('section', {class: found ? 'card order' : 'card problem', 'data-status': answer.status},
      found ? showOrder(document, state(answer)) : showProblem(document),
      trail(answer, document, millis),
      element('details', {class: 'part'},
          element('summary', {}, 'Raw JSON'),
          element('pre', {'tabindex': '0', 'role': 'region', 'aria-label': 'JSON'}, pretty(body))));
}

/** Whether the order is settled, as the service sees it. */
function state(answer) {
  return {
    settled: answer.headers.get('order-lookup-settled') === 'true',
    kind: answer.headers.get('order-lookup-state-kind'),
    words: answer.headers.get('order-lookup-state'),
  };
}

/** By what this lookup can be found again, here and at Partner Center. */
function trail(answer, document, millis) {
  const attempts = answer.headers.get('order-lookup-attempts') ?? document.attempts;
  const facts = [
    ['HTTP status', String(answer.status)],
    ['Time', millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`],
    ['Attempts', attempts],
    ['MS-RequestId', answer.headers.get('MS-RequestId')],
    ['MS-CorrelationId', answer.headers.get('MS-CorrelationId')],
  ];
  return element('dl', {class: 'trail'}, facts.filter(([, value]) => value).map(([label, value]) =>
    element('div', {class: label.startsWith('MS-') ? 'id' : null},
        element('dt', {}, label), element('dd', {class: 'mono'}, value))));
}

function unreachable(failure) {
  return element('section', {class: 'card problem'},
      element('h2', {}, 'The service gave no answer'),
      element('p', {}, String(failure.message ?? failure)));
}
