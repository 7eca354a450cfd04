// The description of the REST door, shown by Swagger UI, which comes with the jar.

import {ask, keyHeaders} from './door.js';

const answer = await ask('../openapi.json');
const spec = await answer.json();
spec.servers = [{url: new URL('..', location.href).pathname.replace(/\/$/, '') || '/'}];
// Swagger UI knows the dialect, and warns of its name.
delete spec.jsonSchemaDialect;
const dark = matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', paint);
paint();

window.SwaggerUIBundle({
  spec,
  dom_id: '#api',
  presets: [window.SwaggerUIBundle.presets.apis],
  defaultModelsExpandDepth: 0,
  docExpansion: 'list',
  requestInterceptor: request => {
    request.headers = {...keyHeaders(), ...request.headers};
    return request;
  },
});

/** Examples scroll, so that keyboards must reach them. */
new MutationObserver(() => {
  for (const example of document.querySelectorAll('#api .microlight:not([tabindex])')) {
    example.tabIndex = 0;
    example.setAttribute('role', 'region');
    example.setAttribute('aria-label', 'Example');
  }
}).observe(document.getElementById('api'), {childList: true, subtree: true});

function paint() {
  document.documentElement.classList.toggle('dark-mode', dark.matches);
}
