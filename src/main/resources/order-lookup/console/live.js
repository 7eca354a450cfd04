// The statistics of the service, fetched once a second while the page is visible.

import {byId, element} from './dom.js';
import {ask} from './door.js';

const PERIOD = 1000;
const KEPT = 60;
const AVERAGED = 5;

/** Below this part of its limit the budget has been held back by refusals. */
const SLOW = 0.8;
const AGES = {'1m': 'under 1 min', '15m': 'under 15 min', '1h': 'under 1 h', '1d': 'under 1 day', 'older': 'older'};
const SOURCES = ['rest', 'kafka', 'camel'];

/** The last minute: moments in seconds with the lookups that had ended by then. */
const samples = [];

export async function watch() {
  for (;;) {
    if (!document.hidden) {
      await look();
    }
    await new Promise(resolve => setTimeout(resolve, PERIOD));
  }
}

async function look() {
  try {
    const answer = await ask('console/figures');
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    const {figures, workers = []} = await answer.json();
    show(new Figures(figures), workers);
    pulse('live', 'good');
  } catch {
    pulse('no answer', 'bad');
  }
}

function pulse(words, tone) {
  byId('pulse').textContent = words;
  byId('pulse').className = `pulse ${tone}`;
}

/** What came, by name. */
class Figures {
  constructor(all) {
    this.all = all;
  }

  /** The value of the one figure of this name; undefined for none and for one without a value. */
  value(name) {
    return this.all.find(figure => figure.name === name)?.value ?? undefined;
  }

  /** The state of which the figure of this name is 1; undefined for none. */
  state(name) {
    return this.all.find(figure => figure.name === name && figure.value === 1)?.tags.state;
  }

  lookups() {
    return this.all.filter(figure => figure.name === 'order.lookup.lookups');
  }

  /** How many requests wait for their order to settle, by age, youngest first; without those of none. */
  awaited() {
    return Object.keys(AGES)
        .map(age => this.all.find(({name, tags}) => name === 'order.lookup.settle.waiting' && tags.age === age))
        .filter(figure => figure?.value > 0);
  }
}

function show(figures, workers) {
  const total = figures.lookups().reduce((sum, figure) => sum + figure.value, 0);
  samples.push({at: performance.now() / 1000, total});
  if (samples.length > KEPT + 1) {
    samples.shift();
  }
  byId('rate').textContent = rate(samples.at(Math.max(0, samples.length - 1 - AVERAGED)), samples.at(-1)).toFixed(1);
  draw();
  byId('gauges').replaceChildren(...gauges(figures), ...workers.map(standing));
  byId('outcomes').replaceChildren(...outcomes(figures.lookups()));
}

function rate(from, to) {
  return to.at > from.at ? Math.max(0, to.total - from.total) / (to.at - from.at) : 0;
}

function draw() {
  const rates = samples.slice(1).map((sample, i) => rate(samples[i], sample));
  const most = Math.max(1, ...rates);
  const points = rates.map((value, i) => {
    const x = 120 - (rates.length - 1 - i) * 120 / (KEPT - 1);
    return `${x.toFixed(1)},${(34 - 32 * value / most).toFixed(1)}`;
  });
  const [area, curve] = byId('spark').children;
  curve.setAttribute('points', points.join(' '));
  area.setAttribute('points', points.length > 1
      ? `${points[0].split(',')[0]},36 ${points.join(' ')} 120,36` : '');
}

function gauges(figures) {
  const value = name => figures.value(`order.lookup.${name}`);
  return [
    bar('Calls in flight', value('calls.in.flight'), value('calls.in.flight.limit')),
    plain('Lookups waiting', count(value('calls.waiting'))),
    budget(value),
    breaker(figures.state('order.lookup.breaker.state')),
    token(value),
    value('kafka.pending') === undefined ? null
        : bar('Kafka requests pending', value('kafka.pending'), value('kafka.pending.limit')),
    value('kafka.lag') === undefined ? null : plain('Kafka lag', count(value('kafka.lag'))),
    awaited(figures.awaited()),
  ].filter(gauge => gauge !== null);
}

/** A worker that is paused, and why, or that should get on and does not. */
function standing({name, state, words}) {
  return plain(`Worker ${name}`, words, state === 'stalled' ? 'bad' : 'busy');
}

function budget(value) {
  const limit = value('budget.limit');
  const rateNow = value('budget.rate');
  if (rateNow === undefined && limit === undefined) {
    return plain('Calls a minute', 'no limit');
  }
  const slowed = rateNow < SLOW * limit;
  const gauge = plain('Calls a minute', `${count(rateNow)} of ${count(limit)}`, slowed ? 'busy' : null);
  const paused = value('budget.paused') === 1 ? 'paused for everyone'
      : value('budget.paused.customers') > 0 ? `${count(value('budget.paused.customers'))} customers paused` : null;
  if (paused !== null) {
    gauge.append(element('dd', {class: 'note'}, paused));
  }
  return gauge;
}

function breaker(state) {
  if (state === undefined) {
    return null;
  }
  const words = {
    closed: 'closed: calls go out',
    half_open: 'half open: calls climb back',
    open: 'open: one call now and then',
  };
  return plain('Breaker', words[state] ?? state, state === 'closed' ? 'good' : 'bad');
}

/** Requests that wait for their order to settle; null while none does. */
function awaited(byAge) {
  if (byAge.length === 0) {
    return null;
  }
  const gauge = plain('Orders awaited', count(byAge.reduce((sum, {value}) => sum + value, 0)));
  const ages = byAge.map(({tags, value}) => `${count(value)} ${AGES[tags.age]}`);
  gauge.append(element('dd', {class: 'note'}, ages.join(', ')));
  return gauge;
}

function token(value) {
  const left = value('token.validity');
  const failures = value('token.failures') ?? 0;
  const gauge = failures > 0
      ? plain('Token', `sign-in failed ${count(failures)} times`, 'bad')
      : plain('Token', left === undefined ? 'none yet' : `good for ${span(left)}`, left === undefined ? null : 'good');
  const refresh = value('refresh.token.validity');
  if (refresh !== undefined) {
    gauge.append(element('dd', {class: 'note'}, `refresh token: ${span(refresh)} left`));
  }
  return gauge;
}

function bar(label, value, limit) {
  const gauge = plain(label, limit === undefined ? count(value) : `${count(value)} of ${count(limit)}`);
  if (value !== undefined && limit > 0) {
    const fill = element('span', {});
    fill.style.inlineSize = `${Math.min(100, 100 * value / limit)}%`;
    gauge.append(element('dd', {'class': 'bar', 'aria-hidden': 'true'}, fill));
  }
  return gauge;
}

function plain(label, value, tone = null) {
  return element('div', {}, element('dt', {}, label), element('dd', {class: tone}, value));
}

function outcomes(lookups) {
  const rows = new Map();
  for (const {tags, value} of lookups) {
    const row = rows.get(tags.outcome) ?? {};
    row[tags.source] = value;
    rows.set(tags.outcome, row);
  }
  return Array.from(rows)
      .filter(([outcome, row]) => outcome === 'found' || SOURCES.some(source => row[source] > 0))
      .sort(([one], [other]) => (other === 'found') - (one === 'found') || one.localeCompare(other))
      .map(([outcome, row]) => element('tr', {'data-outcome': outcome},
          element('th', {scope: 'row'}, outcome),
          SOURCES.map(source => element('td', {}, count(row[source] ?? 0)))));
}

function count(value) {
  return value === undefined ? '–' : Math.round(value).toLocaleString('en');
}

function span(seconds) {
  if (seconds >= 172_800) {
    return `${Math.floor(seconds / 86_400)} days`;
  }
  if (seconds >= 7200) {
    return `${Math.floor(seconds / 3600)} h`;
  }
  return seconds >= 120 ? `${Math.floor(seconds / 60)} min` : `${Math.max(0, Math.floor(seconds))} s`;
}
