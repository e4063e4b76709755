// The controls of the share dialog.

import {WORDS} from './share_texts.js';

const COPIED_TIME = 2000; // ms

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export const button = (text, onclick) => element('button', {type: 'button', textContent: text, onclick});

export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  element('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// A read-only text with its label and a Copy button. Returns {row, show(text)}.
export function copyable(id, name, lines) {
  const box = element(lines > 1 ? 'textarea' : 'input', {readOnly: true, spellcheck: false, id: `share-${id}`});
  if (lines > 1) box.rows = lines;
  const copy = button(WORDS.copy, async () => {
    box.select();
    let copied = true;
    await navigator.clipboard.writeText(box.value).catch(() => { copied = document.execCommand('copy'); });
    box.setSelectionRange(0, box.value.length, 'backward'); // so that its start is seen
    box.scrollLeft = box.scrollTop = 0;
    copy.textContent = copied ? WORDS.copied : WORDS.copyByKey;
    setTimeout(() => { copy.textContent = WORDS.copy; }, COPIED_TIME);
  });
  copy.setAttribute('aria-label', WORDS.copyWhat(name));
  const row = element('div', {className: 'share-row'}, element('label', {htmlFor: box.id, textContent: name}), box, copy);
  return {row, show(text) { box.value = text; }};
}

// options: values by the text that is shown. Returns {row, value}.
export function choice(key, name, options, onchange) {
  const id = `share-${key}`;
  const select = element('select', {id, onchange}, ...Object.keys(options).map((text) => element('option', {textContent: text})));
  return {
    row: element('div', {className: 'share-choice'}, element('label', {htmlFor: id, textContent: name}), select),
    get value() { return options[select.value]; },
    set value(value) { select.value = Object.keys(options).find((text) => options[text] === value); },
  };
}
