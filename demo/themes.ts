/** The page of themes: the one that is chosen is the class of the counter, and stands in the address: `?theme=theme-night`. */
import '../src/index.js';
import '../src/elements/simulator/define.js';
import { find } from './shared/find.js';

const counter = find('#counter');
const choices = [...document.querySelectorAll<HTMLInputElement>('#themes input')];

function choose(theme: string): void {
  counter.className = theme;
  const address = new URL(location.href);
  if (theme === '') address.searchParams.delete('theme');
  else address.searchParams.set('theme', theme);
  history.replaceState(null, '', address);
}

for (const choice of choices) {
  choice.checked = choice.value === (new URLSearchParams(location.search).get('theme') ?? '');
  choice.addEventListener('change', () => {
    choose(choice.value);
  });
}
choose(choices.find(({ checked }) => checked)?.value ?? '');
