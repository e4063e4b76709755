// The section of the share dialog for people who put the view into a page of their own: what it shows, what its visitors
// may change, how it will look, and the code.

import {IMAGE, elementSnippet, frameSnippet, withField} from './share_code.js';
import {button, choice, copyable, element, save} from './share_parts.js';
import {WORDS} from './share_texts.js';

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
const POSTER = {width: 1280, height: 800, scale: 1}; // the shape of the frame

const FRAME_WIDTH = 640; // CSS pixels; on a narrow screen the preview is scaled down, so that it looks as on a page

// The frame itself, loaded when it is scrolled into view; without a server a sketch of its parts.
function previewOf(reached) {
  const box = element('div', {id: 'share-preview'});
  const frame = element('iframe', {title: WORDS.preview});
  const sized = new ResizeObserver(() => { frame.style.transform = `scale(${box.clientWidth / FRAME_WIDTH})`; });
  sized.observe(box);
  let address = null, seen = null;
  const load = () => {
    const place = frame.isConnected && frame.contentWindow?.location;
    if (place && place.href !== 'about:blank') place.replace(address); // its hash changes, so it is not loaded again
    else frame.src = address;
    if (!frame.isConnected) box.replaceChildren(frame);
  };
  if (reached) {
    seen = new IntersectionObserver(([{isIntersecting}]) => {
      if (!isIntersecting) return;
      seen.disconnect();
      seen = null;
      load();
    });
    seen.observe(box);
  }
  return {
    box,
    show(to, hide) {
      address = to;
      if (reached) return seen ?? load();
      const isShown = (part) => !hide || hide.includes(`-${part}`);
      box.replaceChildren(element('div', {className: 'share-sketch'}, ...Object.entries(WORDS.sketch).filter(([part]) => isShown(part)).map(([part, text]) => {
        const mark = element('span', {textContent: text});
        mark.dataset.part = part;
        return mark;
      })));
    },
    close() {
      seen?.disconnect();
      sized.disconnect();
    },
  };
}

// here: the address of the page without its hash; server: as askServer (share_code.js) gives it; draw: as for
// pictureFigure. Returns {section, close()}.
export function embedSection({here, state, link, spoken, server, draw, dark}) {
  const update = () => {
    const view = withField(withField(state, 'hide', shown.value), 'lock', changed.value);
    const frame = new URL('embed.html', here);
    frame.hash = view;
    preview.show(frame.href, shown.value);
    if (onClick.checked) frame.searchParams.set('start', 'click');
    frameRow.show(frameSnippet({link, frame: frame.href, spoken, sandbox: server.sandbox}));
    elementRow.show(elementSnippet({script: new URL('latent-loom.js', here).href, state: view, onClick: onClick.checked}));
  };
  const frameRow = copyable('frame', WORDS.frame, 6), elementRow = copyable('element', WORDS.elementCode, 4);
  const shown = choice('show', WORDS.show, SHOWN, update), changed = choice('change', WORDS.change, CHANGED, update);
  const onClick = element('input', {type: 'checkbox', onchange: update});
  const preview = previewOf(server.reached);
  const note = (textContent) => element('p', {className: 'share-note', textContent});
  const savePoster = button(WORDS.savePoster(IMAGE), async () => save(await draw({...POSTER, hide: shown.value, dark}), IMAGE));
  const section = element('section', {}, element('h3', {textContent: WORDS.embed}),
    element('div', {className: 'share-choices'}, shown.row, changed.row, element('label', {className: 'share-check'}, onClick, ` ${WORDS.onClick}`)),
    ...(server.reached ? [] : [note(WORDS.noPreview)]), preview.box,
    frameRow.row, note(WORDS.takeFrame), note(WORDS.note(IMAGE)), element('div', {className: 'share-buttons'}, savePoster),
    element('details', {}, element('summary', {textContent: WORDS.element}), note(WORDS.takeElement), elementRow.row));
  update();
  return {section, close: preview.close};
}
