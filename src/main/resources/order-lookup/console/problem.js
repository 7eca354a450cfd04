// A problem in words: what went wrong, whether a retry may help, and what Partner Center answered.

import {element} from './dom.js';

export function showProblem(problem) {
  const upstream = problem.upstream ?? {};
  const facts = [
    ['Type', problem.type],
    ['Partner Center status', upstream.status],
    ['Partner Center code', upstream.code],
    ['Partner Center message', upstream.description],
    ['Partner Center source', upstream.source],
  ].filter(([, value]) => value);
  return [
    element('div', {class: 'title'},
        element('h2', {}, String(problem.title ?? 'The lookup failed')),
        problem.retryable === undefined ? null : element('span', {class: problem.retryable ? 'badge busy' : 'badge bad'},
            problem.retryable ? 'retry later' : 'retrying will not help')),
    element('p', {class: 'detail'}, String(problem.detail ?? '')),
    element('dl', {class: 'facts'}, facts.map(([label, value]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, String(value))))),
  ];
}
