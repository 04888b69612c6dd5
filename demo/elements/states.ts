/**
 * All states of one element beside each other: `?element=status`; with `&dir=rtl` from right to left, with `&lang=de` in German,
 * with `&state=ready` one state alone. The body is `data-ready` once all are reached.
 */
import { gallery, isGalleryName, present } from '../gallery/gallery.js';
import { find } from '../shared/find.js';

const parameters = new URLSearchParams(location.search);
const name = parameters.get('element') ?? 'status';
if (!isGalleryName(name)) throw new Error(`there is no element magtek-${name}`);
const { documentElement: page } = document;
page.dir = parameters.get('dir') ?? 'ltr';
page.lang = parameters.get('lang') ?? 'en';

for (const [state, { title }] of Object.entries(gallery[name])) {
  if (parameters.has('state') && parameters.get('state') !== state) continue;
  const place = document.createElement('section');
  const heading = document.createElement('h2');
  heading.textContent = title;
  place.id = state;
  place.append(heading);
  find('#sheet').append(place);
  await present(place, name, state);
}
document.body.dataset.ready = '';
