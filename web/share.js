// The share dialog: link, snippets for somebody's page, QR code and picture of the view. Fetched when it is opened.
const QR = '@lean-qr.js@'; // empty where the build had no npm
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

// What a frame needs to load its files from this server: an origin of its own is enough where everybody may read them.
async function sandboxHere() {
  try {
    const {headers} = await fetch('embed.js', {method: 'HEAD', cache: 'no-store'});
    if (headers.get('Access-Control-Allow-Origin') === '*') return 'allow-scripts';
  } catch {
    // As without the header.
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

async function drawCode(canvas, link) {
  const {generate} = await import(QR);
  generate(link).toCanvas(canvas, {on: [0, 0, 0], off: [255, 255, 255], pad: 4});
}

function isOnlyHere() {
  return location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.host);
}

// state, model, spoken: of the explorer; picture(): its canvas as a PNG.
export async function openShare({state, spoken, picture}) {
  if (document.getElementById('share-dialog')) return;
  if (!document.querySelector('link[href="share.css"]')) {
    const style = element('link', {rel: 'stylesheet', href: 'share.css'});
    await new Promise((done) => { Object.assign(style, {onload: done, onerror: done}); document.head.append(style); });
  }
  const [image, sandbox] = await Promise.all([picture(), sandboxHere()]);
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
  const code = element('canvas', {id: 'share-code'});
  code.setAttribute('role', 'img');
  code.setAttribute('aria-label', 'QR code of the link');
  const preview = element('img', {src: URL.createObjectURL(image), alt: `This view. ${spoken}`, id: 'share-picture'});
  const close = element('button', {type: 'button', textContent: 'Close', className: 'share-main'});
  const savePicture = element('button', {type: 'button', textContent: 'Save the picture', onclick: () => save(image, PICTURE)});
  const saveCode = element('button', {type: 'button', textContent: 'Save the QR code',
    onclick: () => code.toBlob((blob) => save(blob, 'latent-loom-link.png'))});
  const codeWords = element('figcaption', {textContent: 'The link, for a phone'});
  const title = element('h2', {textContent: 'Share this view', id: 'share-title'});
  const dialog = element('dialog', {id: 'share-dialog'},
    title,
    ...(isOnlyHere() ? [element('p', {className: 'share-note', textContent: 'This address works only on this machine. Put the folder on a web server to share it.'})] : []),
    linkRow.row,
    element('div', {className: 'share-pictures'},
      element('figure', {}, preview, element('figcaption', {textContent: `The picture, as ${PICTURE}`}), savePicture),
      element('figure', {}, code, codeWords, saveCode)),
    element('fieldset', {}, element('legend', {textContent: 'In a page of yours'}),
      element('div', {className: 'share-choices'}, shown.row, changed.row,
        element('label', {className: 'share-check'}, onClick, ' load on a click')),
      frameRow.row, elementRow.row,
      element('p', {className: 'share-note', textContent: `Put ${PICTURE} beside the page: it is seen where frames are not allowed.`})),
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
  await drawCode(code, link).catch(() => {
    code.hidden = saveCode.hidden = true;
    codeWords.textContent = 'No QR code: the link is too long for one, or its part of the page is missing.';
  });
}
