// The share dialog: what the link leaves out, the link, an image, a QR code, and code for another page.

import {IMAGE, IS_SINGLE_FILE, askServer, codeFigure, withField} from './share_code.js';
import {embedSection} from './share_embed.js';
import {button, copyable, element} from './share_parts.js';
import {pictureFigure} from './share_picture.js';
import {adoptStyle} from './share_style.js';
import {WORDS} from './share_texts.js';

function isOnlyHere() {
  return location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.host);
}

// What has to be sent along. missing: [kind, name] for each line of missing_in_link (src/explorer/app/linked.h).
function missingSection(missing, saveModel) {
  const lines = missing.map(([kind, name]) => element('li', {textContent: WORDS.missingIs[kind](name)},
    ...(kind === 'trained' && saveModel ? [button(WORDS.saveModel, saveModel)] : [])));
  if (!lines.length) return [];
  return [element('section', {className: 'share-missing', id: 'share-missing'}, element('h3', {textContent: WORDS.missing}), element('ul', {}, ...lines))];
}

// A link cannot name a model that was trained here; it asks for the file that the visitor saves.
function linkedState(state, missing) {
  const [, file] = missing.find(([kind]) => kind === 'trained') ?? [];
  return file ? withField(withField(state, 'm', ''), 'file', encodeURIComponent(file)) : state;
}

let opening = false;

// explorer: state, spoken, missing, dark, screen, draw(picture) and saveModel() of share.js.
export async function openDialog(explorer) {
  if (opening || document.getElementById('share-dialog')) return;
  opening = true;
  try {
    show({...explorer, server: await askServer()});
  } finally {
    opening = false;
  }
}

function show({missing, saveModel, server, ...explorer}) {
  adoptStyle();
  const here = location.href.replace(/#.*/, ''), state = linkedState(explorer.state, missing), link = `${here}#${state}`;
  const {spoken, dark, screen, draw} = explorer;
  const linkRow = copyable('link', WORDS.link, 1);
  const picture = pictureFigure({screen, dark, spoken, draw, name: IMAGE});
  const embed = IS_SINGLE_FILE ? null : embedSection({here, state, link, spoken, server, draw, dark});
  const close = button(WORDS.close, () => dialog.close());
  close.className = 'share-main';
  const title = element('h2', {textContent: WORDS.title, id: 'share-title', tabIndex: -1, autofocus: true});
  const dialog = element('dialog', {id: 'share-dialog'},
    title,
    ...(isOnlyHere() ? [element('p', {className: 'share-note', textContent: WORDS.onlyHere})] : []),
    ...missingSection(missing, saveModel),
    linkRow.row,
    element('section', {}, element('h3', {textContent: WORDS.picture}),
      element('div', {className: 'share-images'}, picture.figure, codeFigure(link))),
    ...(embed ? [embed.section] : []),
    element('div', {className: 'share-foot'}, close));
  dialog.setAttribute('aria-labelledby', 'share-title');
  linkRow.show(link);
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.onclose = () => {
    picture.close();
    embed?.close();
    dialog.remove();
  };
  document.body.append(dialog);
  dialog.showModal();
}
