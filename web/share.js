// The share dialog: link, snippets for somebody's page, QR code and picture of the view. Fetched when it is opened.

import {inTime} from './download.js';
import {onDemand} from './on_demand.js';

const QR = '@lean-qr.js@'; // empty where the build had no npm
const loadQr = onDemand(QR, (suffix) => import(QR + suffix));
const HEADER_TIME = 3000; // ms to wait for the answer of which only a header is read
// The page as one file (tools/dist_forms.py) has neither embed.html beside it nor a code inside.
const IS_ONE_FILE = !document.querySelector('script[src$="page.js"]');
const PICTURE = 'latent-loom.png';

// What an embed shows and lets its visitors change: fields of the link (src/explorer/parts.cpp).
const SHOWN = {
  'everything': '',
  'plane, picture and reading': 'all,-plane,-garment,-reading',
  'plane and picture': 'all,-plane,-garment',
  'the plane alone': 'all,-plane',
  'the picture alone': 'all,-garment',
};
const CHANGED = {
  'everything': '',
  'everything but the model': 'model',
  'the point and the view': 'all,-z,-view',
  'only the point': 'all,-z',
  'nothing': 'all',
};

// Colours from style.css.
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
.share-pictures { display: flex; flex-wrap: wrap; gap: 16px; margin: 0 0 16px; }
.share-pictures figure { display: flex; flex: 1 1 200px; flex-direction: column; gap: 8px; margin: 0; }
#share-picture { width: 100%; height: 180px; border-radius: 6px; object-fit: contain; object-position: left; }
#share-code { width: 180px; height: 180px; border-radius: 6px; image-rendering: pixelated; }
.share-pictures button { align-self: start; }
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

// What a frame needs to load its files from this server: an origin of its own is enough where everybody may read them. The other
// works on every server, and so it is the answer, too, when the network has none.
async function sandboxHere() {
  try {
    const {headers} = await inTime(fetch('embed.js', {method: 'HEAD', cache: 'no-store'}), HEADER_TIME);
    if (headers.get('Access-Control-Allow-Origin') === '*') return 'allow-scripts';
  } catch {
    // Not known.
  }
  return 'allow-scripts allow-same-origin';
}

// The picture lies under the frame: where frames are stripped from a page, it is what remains.
function frameSnippet({link, frame, spoken, sandbox}) {
  return `<figure style="margin: 0">
  <div style="position: relative; aspect-ratio: 16 / 10">
    <img src="${PICTURE}" alt="${escaped(spoken)}" style="width: 100%; height: 100%; object-fit: contain">
    <iframe src="${escaped(frame)}" title="Latent Loom: a map of pictures" loading="lazy" sandbox="${sandbox}" style="position: absolute; inset: 0; width: 100%; height: 100%; border: 0"></iframe>
  </div>
  <figcaption><a href="${escaped(link)}">Open this view in a page of its own</a></figcaption>
</figure>`;
}

function elementSnippet({script, state, onClick}) {
  return `<script type="module" src="${escaped(script)}"></script>
<latent-loom state="${escaped(state)}" poster="${PICTURE}" loading="${onClick ? 'click' : 'lazy'}"></latent-loom>`;
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  element('a', {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// A text to copy, with its name and a button. Returns {row, show(text)}.
function copyable(name, lines) {
  const box = element(lines > 1 ? 'textarea' : 'input', {readOnly: true, spellcheck: false, id: `share-${name.split(' ')[0].toLowerCase()}`});
  if (lines > 1) box.rows = lines;
  const button = element('button', {type: 'button', textContent: 'Copy'});
  button.setAttribute('aria-label', `Copy: ${name}`);
  button.onclick = async () => {
    box.select();
    let copied = true;
    await navigator.clipboard.writeText(box.value).catch(() => { copied = document.execCommand('copy'); });
    button.textContent = copied ? 'Copied' : 'Ctrl+C';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  };
  const row = element('div', {className: 'share-row'}, element('label', {htmlFor: box.id, textContent: name}), box, button);
  return {row, show(text) { box.value = text; }};
}

function choice(name, options, onChange) {
  const id = `share-${name.split(' ').at(-1).toLowerCase()}`;
  const select = element('select', {id, onchange: onChange}, ...Object.keys(options).map((text) => element('option', {textContent: text})));
  return {row: element('div', {className: 'share-choice'}, element('label', {htmlFor: id, textContent: name}), select), get value() { return options[select.value]; }};
}

// The link as a QR code with the words below it, and where there is none, why.
function codeFigure(link) {
  const canvas = element('canvas', {id: 'share-code', hidden: true});
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'QR code of the link');
  const words = element('figcaption', {});
  const saveCode = element('button', {type: 'button', textContent: 'Save the QR code', hidden: true,
    onclick: () => canvas.toBlob((blob) => save(blob, 'latent-loom-link.png'))});
  const again = element('button', {type: 'button', textContent: 'Try again', hidden: true, onclick: () => draw()});
  const show = (text, {hasCode = false, canRetry = false} = {}) => {
    words.textContent = text;
    canvas.hidden = saveCode.hidden = !hasCode;
    again.hidden = !canRetry;
  };
  async function draw() {
    if (IS_ONE_FILE || !QR) return show('No QR code: this page has come without the part that draws one.');
    show('Loading the QR code…');
    let qr;
    try {
      qr = await loadQr();
    } catch (error) {
      return show(`No QR code: ${error.message}.`, {canRetry: true});
    }
    try {
      qr.generate(link).toCanvas(canvas, {on: [0, 0, 0], off: [255, 255, 255], pad: 4});
    } catch {
      return show('No QR code: the link is too long for one.');
    }
    show('The link, for a phone', {hasCode: true});
  }
  draw();
  return element('figure', {}, canvas, words, saveCode, again);
}

function isOnlyHere() {
  return location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.host);
}

let opening = false;

// state, spoken: of the explorer; picture(): its canvas as a PNG.
export async function openShare({state, spoken, picture}) {
  if (opening || document.getElementById('share-dialog')) return;
  opening = true;
  try {
    const [image, sandbox] = await Promise.all([picture(), sandboxHere()]);
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
  const linkRow = copyable('Link', 1), frameRow = copyable('Frame for a page', 5), elementRow = copyable('Element for a page', 3);
  const shown = choice('Show', SHOWN, update), changed = choice('Visitors may change', CHANGED, update);
  const onClick = element('input', {type: 'checkbox', onchange: update});
  const preview = element('img', {src: URL.createObjectURL(image), alt: `This view. ${spoken}`, id: 'share-picture'});
  const close = element('button', {type: 'button', textContent: 'Close', className: 'share-main'});
  const savePicture = element('button', {type: 'button', textContent: 'Save the picture', onclick: () => save(image, PICTURE)});
  const title = element('h2', {textContent: 'Share this view', id: 'share-title'});
  const dialog = element('dialog', {id: 'share-dialog'},
    title,
    ...(isOnlyHere() ? [element('p', {className: 'share-note', textContent: 'This address works only on this machine. Put the folder on a web server to share it.'})] : []),
    linkRow.row,
    element('div', {className: 'share-pictures'},
      element('figure', {}, preview, element('figcaption', {textContent: `The picture, as ${PICTURE}`}), savePicture),
      codeFigure(link)),
    ...(IS_ONE_FILE ? [] : [element('fieldset', {}, element('legend', {textContent: 'In a page of yours'}),
      element('div', {className: 'share-choices'}, shown.row, changed.row,
        element('label', {className: 'share-check'}, onClick, ' load on a click')),
      frameRow.row, elementRow.row,
      element('p', {className: 'share-note', textContent: `Put ${PICTURE} beside the page: it is seen where frames are not allowed.`}))]),
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
