// The field that finds classes, test images and points: typed text, a list of results. Loaded on demand. An HTML element
// over the canvas, so that the keyboards of phones and screen readers work with it.

import {TEXTS} from './texts.js';

const {find: WORDS} = TEXTS;

// Colours are those of style.css.
const STYLE = `
#find-dialog {
  box-sizing: border-box;
  width: min(420px, calc(100vw - 16px));
  max-height: min(480px, calc(100dvh - 16px));
  margin-top: max(8px, 8vh); /* above the keyboard of a phone */
  padding: 16px;
  overflow: hidden;
  border: 1px solid color-mix(in srgb, var(--ink) 24%, transparent);
  border-radius: 12px;
  background: var(--panel);
  color: var(--ink);
  font: 16px/1.45 system-ui, sans-serif;
}
#find-dialog[open] { display: flex; flex-direction: column; }
#find-dialog::backdrop { background: rgb(0 0 0 / 0.25); }
#find-dialog label { display: block; margin: 0 0 6px; font-size: 14px; }
#find-dialog .find-row { display: flex; gap: 8px; }
#find-dialog input {
  flex: 1;
  min-width: 0;
  min-height: 44px;
  box-sizing: border-box;
  padding: 0 12px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--raised);
  color: inherit;
  font: inherit; /* 16 px: with less, iPhones zoom the page in */
}
#find-dialog button {
  width: 44px;
  min-height: 44px;
  border: 0;
  border-radius: 8px;
  background: none;
  color: inherit;
  font-size: 22px;
  cursor: pointer;
}
#find-dialog button:hover { background: var(--hover); }
#find-dialog :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#find-list { margin: 8px 0 0; padding: 0; overflow: auto; min-height: 0; list-style: none; }
#find-list li {
  display: flex;
  justify-content: space-between;
  align-items: center;
  gap: 12px;
  min-height: 44px;
  padding: 0 12px;
  border-radius: 8px;
  cursor: pointer;
}
#find-list li span:last-child { color: var(--muted); font-size: 14px; }
#find-list li:hover { background: var(--hover); }
#find-list li[aria-selected="true"] { background: var(--accent); color: var(--on-accent); }
#find-list li[aria-selected="true"] span:last-child { color: inherit; }
#find-dialog p { margin: 10px 0 0; color: var(--muted); font-size: 14px; }
`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// start: the text at first; find(text) returns [{id, title, what}]; go(id) goes there; closed(): afterwards.
export function openFind({start, find, go, closed}) {
  if (document.querySelector('dialog[open]')) return;
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  const input = element('input', {id: 'find-input', type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'find-list',
    'aria-autocomplete': 'list', 'aria-describedby': 'find-hint', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'go'});
  const list = element('ul', {id: 'find-list', role: 'listbox', 'aria-label': WORDS.results});
  const close = element('button', {type: 'button', 'aria-label': WORDS.close}, '\u00d7');
  const count = element('p', {class: 'unseen', role: 'status'});
  const dialog = element('dialog', {id: 'find-dialog', 'aria-label': WORDS.title},
    element('label', {for: 'find-input'}, WORDS.title), element('div', {class: 'find-row'}, input, close), list, count,
    element('p', {id: 'find-hint'}, WORDS.hint));
  let results = [], chosen = 0;

  function mark(row) {
    chosen = Math.max(0, Math.min(row, results.length - 1));
    [...list.children].forEach((one, i) => one.setAttribute('aria-selected', String(i === chosen)));
    const one = list.children[chosen];
    input.setAttribute('aria-expanded', String(results.length > 0));
    one ? input.setAttribute('aria-activedescendant', one.id) : input.removeAttribute('aria-activedescendant');
    one?.scrollIntoView({block: 'nearest'});
  }
  function show() {
    results = find(input.value);
    list.replaceChildren(...results.map(({title, what}, i) => element('li', {id: `find-${i}`, role: 'option', 'data-row': i},
      element('span', {}, title), element('span', {}, what))));
    count.textContent = WORDS.count(results.length);
    mark(0);
  }
  function take(row) {
    if (!results[row]) return;
    go(results[row].id);
    dialog.close();
  }
  const MOVES = {ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5};
  input.oninput = show;
  input.onkeydown = (event) => {
    if (event.key === 'Enter' && !event.isComposing) take(chosen);
    else if (event.key in MOVES) mark(chosen + MOVES[event.key]);
    else return;
    event.preventDefault();
  };
  list.onclick = ({target}) => take(Number(target.closest('li')?.dataset.row));
  close.onclick = () => dialog.close();
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.onclose = () => {
    dialog.remove();
    closed();
  };
  document.body.append(dialog);
  dialog.showModal();
  input.value = start;
  show();
  input.focus();
  input.select();
}
