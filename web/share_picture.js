// The section of the share dialog that makes an image of the view: what is in it, its size, colours and kind of file.

import {button, choice, element, save} from './share_parts.js';
import {WORDS} from './share_texts.js';

// Parts that are hidden, as hide= in the link. Only the map can be SVG.
const MAP = 'all,-plane';
const WHAT = {
  [WORDS.whats.all]: '',
  [WORDS.whats.plane]: MAP,
  [WORDS.whats.decoded]: 'all,-decoded',
};
// In pixels. All slides show what a window of 1280 x 720 points would.
const SLIDES = [[1280, 720], [1920, 1080], [3840, 2160]], SLIDE_POINTS = 1280;

const KINDS = {[WORDS.kinds.png]: false, [WORDS.kinds.svg]: true}; // whether it is SVG

// screen: {width, height, scale} of the canvas in device pixels, and pixels per point; dark: its colours; draw({width,
// height, scale, hide, dark}) resolves to a PNG. Returns {figure, close()}.
export function pictureFigure({screen, dark, spoken, draw, name}) {
  const slide = ([width, height]) => [WORDS.slide(width, height), {width, height, scale: width / SLIDE_POINTS}];
  const sizes = Object.fromEntries([[WORDS.screen(screen.width, screen.height), screen], ...SLIDES.map(slide)]);
  let latest = 0, ending = '.png', drawn = null; // a promise of the file
  const what = choice('what', WORDS.what, WHAT, show), size = choice('size', WORDS.size, sizes, show);
  const colours = choice('colours', WORDS.colours, {[WORDS.colour.light]: false, [WORDS.colour.dark]: true}, show);
  colours.value = dark;
  const kind = choice('kind', WORDS.file, KINDS, show);
  const preview = element('img', {id: 'share-image', alt: WORDS.imageAlt(spoken)});
  const said = element('p', {className: 'share-note', id: 'share-said'});
  said.setAttribute('role', 'status');
  const saveIt = button(WORDS.saveImage, async () => save(await drawn, name.replace(/\.png$/, ending))), copyIt = button(WORDS.copyImage, copy);

  async function show() {
    const mine = ++latest;
    saveIt.disabled = copyIt.disabled = true;
    said.textContent = WORDS.drawing;
    kind.row.hidden = what.value !== MAP;
    const svg = kind.value && what.value === MAP;
    await new Promise((done) => setTimeout(done)); // so that the words are seen
    if (mine !== latest) return;
    try {
      drawn = draw({...size.value, hide: what.value, dark: colours.value, svg});
      const file = await drawn;
      if (mine !== latest) return;
      URL.revokeObjectURL(preview.src);
      preview.src = URL.createObjectURL(file);
      said.textContent = '';
      saveIt.disabled = false;
      copyIt.disabled = svg; // clipboards take PNG only
      ending = svg ? '.svg' : '.png';
    } catch {
      if (mine === latest) said.textContent = WORDS.cannotDraw;
    }
  }
  async function copy() {
    try {
      await navigator.clipboard.write([new ClipboardItem({'image/png': await drawn})]);
      said.textContent = WORDS.imageCopied;
    } catch {
      said.textContent = WORDS.cannotCopy;
    }
  }
  show();
  const figure = element('figure', {}, preview,
    element('div', {className: 'share-choices'}, what.row, size.row, colours.row, kind.row),
    element('div', {className: 'share-buttons'}, saveIt, copyIt), said);
  return {figure, close() { ++latest, URL.revokeObjectURL(preview.src); }};
}
