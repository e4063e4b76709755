// Shows that files can be dropped, while some are dragged over the page, and takes them.

import {TEXTS} from './texts.js';

const sheet = new CSSStyleSheet(); // colours are those of style.css
sheet.replaceSync(`
#drop-zone {
  position: fixed;
  inset: 8px;
  z-index: 9;
  display: grid;
  place-items: center;
  padding: 24px;
  border: 3px dashed var(--accent);
  border-radius: 12px;
  background: color-mix(in srgb, var(--panel) 88%, transparent);
  color: var(--ink);
  font: 600 18px/1.4 system-ui, sans-serif;
  text-align: center;
  pointer-events: none;
}
#drop-zone[hidden] { display: none; }
`);

const LEFT_AFTER = 300; // ms without dragover: not every browser tells when the files leave the window

// open(dataTransfer) takes what was dropped.
export function connectDropZone(open) {
  const zone = Object.assign(document.createElement('div'), {id: 'drop-zone', hidden: true, textContent: TEXTS.files.drop});
  zone.setAttribute('aria-hidden', 'true');
  let timer = 0;
  const hide = () => { zone.hidden = true; };
  addEventListener('dragover', (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.types.includes('Files')) return;
    if (!zone.isConnected) {
      document.adoptedStyleSheets.push(sheet);
      document.body.append(zone);
    }
    zone.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(hide, LEFT_AFTER);
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    hide();
    open(event.dataTransfer);
  });
}
