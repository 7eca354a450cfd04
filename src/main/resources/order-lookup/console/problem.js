// A problem in words: what went wrong, whether asking again helps, and what Partner Center said.

import {element} from './dom.js';

export function showProblem(problem) {
  const upstream = problem.upstream ?? {};
  const facts = [
    ['Type', problem.type],
    ['Partner Center answered', upstream.status],
    ['Its code', upstream.code],
    ['Its words', upstream.description],
    ['From', upstream.source],
  ].filter(([, value]) => value);
  return [
    element('div', {class: 'title'},
        element('h2', {}, String(problem.title ?? 'The lookup failed')),
        problem.retryable === undefined ? null : element('span', {class: problem.retryable ? 'badge busy' : 'badge bad'},
            problem.retryable ? 'may work later' : 'will not work again')),
    element('p', {class: 'detail'}, String(problem.detail ?? '')),
    element('dl', {class: 'facts'}, facts.map(([label, value]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, String(value))))),
  ];
}
