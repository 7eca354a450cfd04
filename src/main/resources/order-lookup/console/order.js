// An Order laid out as an order. Members of another type than usual are shown as the JSON that they are.

import {element} from './dom.js';

const DATE = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
const SHOWN_IN_THE_TABLE = new Set(['lineItemNumber', 'friendlyName', 'offerId', 'quantity', 'termDuration', 'links']);
const SHOWN_ABOVE = [
  ['creationDate', 'Created'], ['totalPrice', 'Total price'], ['billingCycle', 'Billing cycle'],
  ['referenceCustomerId', 'Customer'], ['transactionType', 'Transaction'], ['alternateId', 'Alternate id'],
  ['client', 'Placed with'], ['currencyCode', 'Currency'],
  ['partnerOnRecordAttestationAccepted', 'Partner attestation'],
];

export function showOrder(order, state) {
  const status = text(order.status);
  return [
    element('div', {class: 'title'},
        element('h2', {}, 'Order ', element('span', {class: 'mono'}, text(order.id))),
        status ? element('span', {class: `badge ${tone(status)}`}, status) : null),
    settling(state),
    facts(order),
    lines(list(order.lineItems), order),
    links(order.links, 'Links of the order'),
  ];
}

/** Settled, moving or in an unknown state, and why. */
function settling({settled, kind, words}) {
  if (kind === null) {
    return null;
  }
  const [label, tone] = settled
      ? ['settled', kind === 'completed' ? 'good' : 'bad']
      : kind === 'moving' ? ['moving', 'busy'] : ['unknown state', 'muted'];
  return element('p', {'class': 'state', 'data-state': kind},
      element('span', {class: `badge ${tone}`}, label), ` ${words}`);
}

function facts(order) {
  const shown = SHOWN_ABOVE.filter(([name]) => isSomething(order[name]));
  return element('dl', {class: 'facts'}, shown.map(([name, label]) => element('div', {class: name === 'referenceCustomerId' ? 'wide' : null},
      element('dt', {}, label),
      element('dd', {}, fact(name, order)))));
}

function fact(name, order) {
  const value = order[name];
  switch (name) {
    case 'creationDate':
      return date(value);
    case 'totalPrice':
      return price(value, order);
    case 'referenceCustomerId':
    case 'alternateId':
      return element('span', {class: 'mono'}, text(value));
    case 'client':
      return isObject(value) ? Object.values(value).map(text).filter(Boolean).join(', ') : text(value);
    default:
      return text(value);
  }
}

function date(value) {
  const moment = Date.parse(value);
  return Number.isNaN(moment)
      ? text(value)
      : element('time', {datetime: text(value)}, DATE.format(moment), ' ',
          element('span', {class: 'exact mono'}, text(value)));
}

function lines(items, order) {
  if (items.length === 0) {
    return element('p', {class: 'quiet'}, 'This order has no lines.');
  }
  const priced = items.some(item => isObject(item?.pricing));
  const columns = ['Line', 'Offer', 'Quantity', 'Term', ...(priced ? ['Unit price', 'Line price'] : [])];
  return element('table', {class: 'lines', role: 'table'},
      element('caption', {}, items.length === 1 ? 'One line' : `${items.length} lines`),
      element('thead', {role: 'rowgroup'}, element('tr', {role: 'row'}, columns.map(label =>
        element('th', {scope: 'col', role: 'columnheader', class: numeric(label)}, label)))),
      element('tbody', {role: 'rowgroup'}, items.map(item => line(isObject(item) ? item : {}, columns, order))));
}

function numeric(label) {
  return ['Quantity', 'Unit price', 'Line price'].includes(label) ? 'number' : null;
}

function line(item, columns, order) {
  const pricing = isObject(item.pricing) ? item.pricing : {};
  const cancelled = text(item.quantity) === '0';
  const cells = {
    'Line': text(item.lineItemNumber),
    'Offer': [
      element('strong', {}, text(item.friendlyName) || text(item.offerId) || '–'),
      isSomething(item.friendlyName) ? element('span', {class: 'mono under'}, text(item.offerId)) : null,
      cancelled ? element('span', {class: 'badge muted'}, 'line cancelled') : null,
      more(item, order),
    ],
    'Quantity': text(item.quantity),
    'Term': term(text(item.termDuration)),
    'Unit price': price(pricing.price, order),
    'Line price': price(pricing.extendedPrice, order),
  };
  return element('tr', {role: 'row', class: cancelled ? 'cancelled' : null}, columns.map(label =>
    element('td', {'role': 'cell', 'data-label': label, 'class': numeric(label)}, cells[label] || '–')));
}

/** What the table has no column for. */
function more(item, order) {
  const names = Object.keys(item).filter(name => !SHOWN_IN_THE_TABLE.has(name) && isSomething(item[name]));
  const linked = isObject(item.links) && Object.keys(item.links).length > 0;
  if (names.length === 0 && !linked) {
    return null;
  }
  return element('details', {},
      element('summary', {}, 'More of this line'),
      element('dl', {class: 'rest'}, names.flatMap(name => rest(name, item[name], order))),
      links(item.links, null));
}

function rest(name, value, order) {
  if (name === 'pricing' && isObject(value)) {
    return Object.entries(value)
        .filter(([, amount]) => isSomething(amount))
        .flatMap(([part, amount]) => row(words(part), price(amount, order)));
  }
  if (isObject(value)) {
    return Object.entries(value)
        .filter(([, part]) => isSomething(part))
        .flatMap(([part, inner]) => row(`${words(name)}: ${words(part).toLowerCase()}`, text(inner)));
  }
  if (Array.isArray(value)) {
    return row(words(name), value.map(text).join(', '));
  }
  return row(words(name), name.endsWith('Date') ? date(value) : text(value));
}

function row(label, value) {
  return [element('dt', {}, label), element('dd', {}, value)];
}

function links(value, title) {
  const all = isObject(value) ? Object.entries(value).filter(([, link]) => isObject(link)) : [];
  if (all.length === 0) {
    return null;
  }
  const listed = element('ul', {class: 'links'}, all.map(([name, link]) => element('li', {},
      element('span', {}, words(name)),
      element('code', {}, `${text(link.method)} ${text(link.uri)}`.trim()))));
  return title === null
      ? listed
      : element('details', {class: 'part'}, element('summary', {}, title), listed);
}

function price(value, order) {
  if (!isSomething(value)) {
    return '';
  }
  const currency = text(order.currencyCode) || text(order.currencySymbol);
  return currency ? `${text(value)} ${currency}` : text(value);
}

function term(duration) {
  const parts = /^P(\d+)([DWMY])$/.exec(duration);
  if (!parts) {
    return duration;
  }
  const unit = {D: 'day', W: 'week', M: 'month', Y: 'year'}[parts[2]];
  return `${parts[1]} ${unit}${parts[1] === '1' ? '' : 's'}`;
}

function tone(status) {
  const known = {completed: 'good', pending: 'busy', cancelled: 'bad', error: 'bad', suspended: 'bad'};
  return known[status.toLowerCase()] ?? 'muted';
}

/** lineItemNumber becomes Line item number. */
function words(name) {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSomething(value) {
  return value !== undefined && value !== null && value !== ''
      && !(isObject(value) && Object.keys(value).length === 0)
      && !(Array.isArray(value) && value.length === 0);
}

function text(value) {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
