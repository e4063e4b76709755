// The share dialog: the link, code that embeds the view in another page, a QR code and an image. Loaded on demand.

import {withTimeout} from './download.js';
import {onDemand} from './on_demand.js';
import {TEXTS} from './texts.js';

const QR = '@lean-qr.js@'; // empty if the build had no npm
const loadQr = onDemand(QR, (suffix) => import(QR + suffix));
const HEADER_TIMEOUT = 3000; // ms
// The single-file page (tools/dist_forms.py) has no embed.html next to it and no QR code inside.
const IS_SINGLE_FILE = !document.querySelector('script[src$="page.js"]');
const IMAGE = 'latent-loom.png';
const {share: WORDS} = TEXTS;

// What an embedded explorer shows, and what visitors can change in it: values of hide= and lock= in the link
// (src/explorer/state/parts.cpp).
const SHOWN = {
  [WORDS.shown.all]: '',
  [WORDS.shown.reading]: 'all,-plane,-decoded,-reading',
  [WORDS.shown.image]: 'all,-plane,-decoded',
  [WORDS.shown.plane]: 'all,-plane',
  [WORDS.shown.imageAlone]: 'all,-decoded',
};
const CHANGED = {
  [WORDS.changed.all]: '',
  [WORDS.changed.notModel]: 'model',
  [WORDS.changed.view]: 'all,-z,-view',
  [WORDS.changed.point]: 'all,-z',
  [WORDS.changed.nothing]: 'all',
};

// Colours are those of style.css.
const STYLE = `
#share-dialog {
  box-sizing: border-box;
  width: min(720px, calc(100vw - 16px));
  max-height: calc(100dvh - 16px);
  padding: 24px;
  overflow: auto;
  border: 1px solid color-mix(in srgb, var(--ink) 24%, transparent);
  border-radius: 12px;
  background: var(--panel);
  color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
}
#share-dialog::backdrop { background: rgb(0 0 0 / 0.45); }
#share-dialog h2 { margin: 0 0 12px; font-size: 20px; }
#share-dialog button {
  min-height: 40px;
  padding: 0 16px;
  border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
#share-dialog button:hover { background: color-mix(in srgb, var(--ink) 8%, transparent); }
#share-dialog button.share-main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
#share-dialog :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#share-dialog button[hidden], #share-dialog canvas[hidden] { display: none; }
.share-row { display: grid; grid-template-columns: 1fr 92px; gap: 4px 8px; margin: 0 0 12px; }
.share-row label { grid-column: 1 / -1; }
.share-row input, .share-row textarea, .share-choice select {
  box-sizing: border-box;
  width: 100%;
  min-height: 40px;
  padding: 8px;
  border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: 13px/1.4 ui-monospace, monospace;
  resize: vertical;
}
.share-choice select { background: var(--panel); font: inherit; }
.share-row button { align-self: start; padding: 0; }
.share-images { display: flex; flex-wrap: wrap; gap: 16px; margin: 0 0 16px; }
.share-images figure { display: flex; flex: 1 1 200px; flex-direction: column; gap: 8px; margin: 0; }
#share-image { width: 100%; height: 180px; border-radius: 6px; object-fit: contain; object-position: left; }
#share-code { width: 180px; height: 180px; border-radius: 6px; image-rendering: pixelated; }
.share-images button { align-self: start; }
#share-dialog fieldset { margin: 0; padding: 0; border: 0; }
#share-dialog legend { margin: 0 0 8px; padding: 0; font-weight: 600; }
.share-choices { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; margin: 0 0 12px; }
.share-choice { flex: 1 1 180px; }
.share-check { display: flex; gap: 8px; align-items: center; min-height: 40px; }
.share-note { margin: 0 0 12px; font-size: 14px; opacity: 0.85; }
.share-foot { display: flex; justify-content: flex-end; }
`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
const escaped = (text) => text.replace(/[&"<>]/g, (sign) => ({'&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;'}[sign]));

function withField(state, key, value) {
  const fields = state.split('&').filter((field) => field && !field.startsWith(`${key}=`));
  return (value ? [...fields, `${key}=${value}`] : fields).join('&');
}

// The sandbox attribute that an iframe of this page needs. Without allow-same-origin the frame can read its files only
// if the server sends the CORS header. With it the frame works on every server, so it is used when the server cannot be
// reached.
async function sandboxForServer() {
  try {
    const {headers} = await withTimeout(fetch('embed.js', {method: 'HEAD', cache: 'no-store'}), HEADER_TIMEOUT);
    if (headers.get('Access-Control-Allow-Origin') === '*') return 'allow-scripts';
  } catch {
    // The server cannot be reached.
  }
  return 'allow-scripts allow-same-origin';
}

// The image is below the iframe, so that it is visible on sites that remove iframes from pages.
function frameSnippet({link, frame, spoken, sandbox}) {
  return `<figure style="margin: 0">
  <div style="position: relative; aspect-ratio: 16 / 10">
    <img src="${IMAGE}" alt="${escaped(spoken)}" style="width: 100%; height: 100%; object-fit: contain">
    <iframe src="${escaped(frame)}" title="${escaped(WORDS.frameTitle)}" loading="lazy" sandbox="${sandbox}" style="position: absolute; inset: 0; width: 100%; height: 100%; border: 0"></iframe>
  </div>
  <figcaption><a href="${escaped(link)}">${escaped(WORDS.caption)}</a></figcaption>
</figure>`;
}

function elementSnippet({script, state, onClick}) {
  return `<script type="module" src="${escaped(script)}"></script>
<latent-loom state="${escaped(state)}" poster="${IMAGE}" loading="${onClick ? 'click' : 'lazy'}"></latent-loom>`;
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  element('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// A read-only text with its label and a Copy button. Returns {row, show(text)}.
function copyable(id, name, lines) {
  const box = element(lines > 1 ? 'textarea' : 'input', {readOnly: true, spellcheck: false, id: `share-${id}`});
  if (lines > 1) box.rows = lines;
  const button = element('button', {type: 'button', textContent: WORDS.copy});
  button.setAttribute('aria-label', WORDS.copyWhat(name));
  button.onclick = async () => {
    box.select();
    let copied = true;
    await navigator.clipboard.writeText(box.value).catch(() => { copied = document.execCommand('copy'); });
    button.textContent = copied ? WORDS.copied : WORDS.copyByKey;
    setTimeout(() => { button.textContent = WORDS.copy; }, 2000);
  };
  const row = element('div', {className: 'share-row'}, element('label', {htmlFor: box.id, textContent: name}), box, button);
  return {row, show(text) { box.value = text; }};
}

function choice(key, name, options, onChange) {
  const id = `share-${key}`;
  const select = element('select', {id, onchange: onChange}, ...Object.keys(options).map((text) => element('option', {textContent: text})));
  return {row: element('div', {className: 'share-choice'}, element('label', {htmlFor: id, textContent: name}), select), get value() { return options[select.value]; }};
}

// The link as a QR code with its caption, or the reason why there is none.
function codeFigure(link) {
  const canvas = element('canvas', {id: 'share-code', hidden: true});
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', WORDS.codeName);
  const caption = element('figcaption', {});
  const saveCode = element('button', {type: 'button', textContent: WORDS.saveCode, hidden: true,
    onclick: () => canvas.toBlob((blob) => save(blob, 'latent-loom-link.png'))});
  const again = element('button', {type: 'button', textContent: WORDS.retry, hidden: true, onclick: () => draw()});
  const show = (text, {hasCode = false, canRetry = false} = {}) => {
    caption.textContent = text;
    canvas.hidden = saveCode.hidden = !hasCode;
    again.hidden = !canRetry;
  };
  async function draw() {
    if (IS_SINGLE_FILE || !QR) return show(WORDS.noCode(WORDS.codeNotBuilt));
    show(WORDS.loadingCode);
    let qr;
    try {
      qr = await loadQr();
    } catch (error) {
      return show(WORDS.noCode(error.message), {canRetry: true});
    }
    try {
      qr.generate(link).toCanvas(canvas, {on: [0, 0, 0], off: [255, 255, 255], pad: 4});
    } catch {
      return show(WORDS.noCode(WORDS.codeTooLong));
    }
    show(WORDS.code, {hasCode: true});
  }
  draw();
  return element('figure', {}, canvas, caption, saveCode, again);
}

function isOnlyHere() {
  return location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.host);
}

let opening = false;

// state, spoken: of the explorer; image() returns a promise of its canvas as a PNG.
export async function openShare({state, spoken, image: takeImage}) {
  if (opening || document.getElementById('share-dialog')) return;
  opening = true;
  try {
    const [image, sandbox] = await Promise.all([takeImage(), sandboxForServer()]);
    show({state, spoken, image, sandbox});
  } finally {
    opening = false;
  }
}

function show({state, spoken, image, sandbox}) {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  const here = location.href.replace(/#.*/, ''), link = `${here}#${state}`;

  const update = () => {
    const view = withField(withField(state, 'hide', shown.value), 'lock', changed.value);
    const frame = new URL('embed.html', here);
    if (onClick.checked) frame.searchParams.set('start', 'click');
    frame.hash = view;
    frameRow.show(frameSnippet({link, frame: frame.href, spoken, sandbox}));
    elementRow.show(elementSnippet({script: new URL('latent-loom.js', here).href, state: view, onClick: onClick.checked}));
  };
  const linkRow = copyable('link', WORDS.link, 1), frameRow = copyable('frame', WORDS.frame, 5), elementRow = copyable('element', WORDS.element, 3);
  const shown = choice('show', WORDS.show, SHOWN, update), changed = choice('change', WORDS.change, CHANGED, update);
  const onClick = element('input', {type: 'checkbox', onchange: update});
  const preview = element('img', {src: URL.createObjectURL(image), alt: WORDS.imageAlt(spoken), id: 'share-image'});
  const close = element('button', {type: 'button', textContent: WORDS.close, className: 'share-main'});
  const saveImage = element('button', {type: 'button', textContent: WORDS.saveImage, onclick: () => save(image, IMAGE)});
  const title = element('h2', {textContent: WORDS.title, id: 'share-title'});
  const dialog = element('dialog', {id: 'share-dialog'},
    title,
    ...(isOnlyHere() ? [element('p', {className: 'share-note', textContent: WORDS.onlyHere})] : []),
    linkRow.row,
    element('div', {className: 'share-images'},
      element('figure', {}, preview, element('figcaption', {textContent: WORDS.image(IMAGE)}), saveImage),
      codeFigure(link)),
    ...(IS_SINGLE_FILE ? [] : [element('fieldset', {}, element('legend', {textContent: WORDS.embed}),
      element('div', {className: 'share-choices'}, shown.row, changed.row,
        element('label', {className: 'share-check'}, onClick, ` ${WORDS.onClick}`)),
      frameRow.row, elementRow.row,
      element('p', {className: 'share-note', textContent: WORDS.note(IMAGE)}))]),
    element('div', {className: 'share-foot'}, close));
  dialog.setAttribute('aria-labelledby', 'share-title');
  linkRow.show(link);
  update();
  close.onclick = () => dialog.close();
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  dialog.onclose = () => {
    URL.revokeObjectURL(preview.src);
    dialog.remove();
  };
  document.body.append(dialog);
  dialog.showModal();
}
