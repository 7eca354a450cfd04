// The REST endpoint, called with the key that people enter. The key lives in this variable alone.

import {byId} from './dom.js';

let key = '';
let waiting = [];

/** Fetches a path of this service; when the endpoint requires a key, asks for one and tries again. */
export async function ask(path, options = {}) {
  for (;;) {
    const used = key;
    const headers = used ? {...options.headers, 'X-API-Key': used} : options.headers;
    const answer = await fetch(path, {...options, headers, cache: 'no-store', redirect: 'error'});
    if (answer.status !== 401) {
      return answer;
    }
    if (used === key) {
      await anotherKey(used !== '');
    }
  }
}

/** The headers that the endpoint requires, for other callers of fetch. */
export function keyHeaders() {
  return key ? {'X-API-Key': key} : {};
}

function anotherKey(refused) {
  const form = byId('key-form');
  byId('key-refused').hidden = !refused;
  if (form.hidden) {
    form.hidden = false;
    byId('key').focus();
    form.addEventListener('submit', take, {once: true});
  }
  return new Promise(resolve => waiting.push(resolve));
}

function take(event) {
  event.preventDefault();
  key = byId('key').value.trim();
  byId('key').value = '';
  event.target.hidden = true;
  waiting.forEach(resolve => resolve());
  waiting = [];
}
