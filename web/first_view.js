// The garment of the link, from the first bytes of the weight file and long before the explorer's own module has come. It is
// decoded and laid out by loom-first.wasm (src/explorer/first_view.h), on a canvas of its own over the explorer's, where the
// explorer will draw the same.

import {downloadModule} from './download.js';
import {lend, lendText, placeOf} from './lending.js';
import {leaveRoom} from './status.js';

const WASM = {name: 'loom-first.wasm', bytes: +'@loom-first.wasm#bytes@', sha256: '@loom-first.wasm#sha256@'};
// FirstShape and FirstKind in src/explorer/first_view.h, which asserts this order.
const SHAPE_WORDS = ['kind', 'x', 'y', 'width', 'height', 'radius', 'thickness', 'color'], KINDS = ['fill', 'outline', 'picture'];
const SHAPE = SHAPE_WORDS.length, [FILL, OUTLINE] = KINDS.keys();

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

async function load() {
  const compiled = await downloadModule('@loom-first.wasm@', WASM);
  const {exports} = await WebAssembly.instantiate(compiled, {env: {emscripten_notify_memory_growth() {}}});
  exports._initialize();
  return {exports, _malloc: exports.malloc, _free: exports.free, get HEAPU8() { return new Uint8Array(exports.memory.buffer); }};
}

// The explorer's window in points and device pixels, as SDL counts them.
function windowOf(canvas) {
  const {x, y, width, height} = canvas.getBoundingClientRect(), ratio = devicePixelRatio;
  const points = {width: Math.trunc(width), height: Math.trunc(height)};
  const pixels = {width: Math.trunc(points.width * ratio), height: Math.trunc(points.height * ratio)};
  return {x, y, points, pixels, scale: pixels.width / points.width};
}

const css = (color) => `rgb(${color & 255} ${color >> 8 & 255} ${color >> 16 & 255} / ${(color >>> 24) / 255})`;

function pictureOf({exports, HEAPU8}) {
  const width = exports.first_picture_size(0), height = exports.first_picture_size(1), at = exports.first_picture();
  const picture = Object.assign(document.createElement('canvas'), {width, height});
  picture.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(HEAPU8.slice(at, at + 4 * width * height).buffer), width, height), 0, 0);
  return picture;
}

function draw(context, module, count) {
  const {exports, HEAPU8: {buffer}} = module, at = exports.first_shapes();
  const numbers = new Float32Array(buffer, at, SHAPE * count), words = new Uint32Array(buffer, at, SHAPE * count);
  context.imageSmoothingQuality = 'low'; // linear, as the graphics card does it
  for (let i = 0; i < SHAPE * count; i += SHAPE) {
    const kind = words[i], [, x, y, width, height, radius, thickness] = numbers.subarray(i), color = css(words[i + SHAPE - 1]);
    if (kind !== FILL && kind !== OUTLINE) {
      context.drawImage(pictureOf(module), x, y, width, height);
      continue;
    }
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    Object.assign(context, {fillStyle: color, strokeStyle: color, lineWidth: thickness || 1});
    kind === FILL ? context.fill() : context.stroke();
  }
}

// For tests and the curious, while it is there; read-only.
function inspector(module) {
  const {exports} = module, rect = (part) => placeOf(module, exports.first_place, part);
  return Object.freeze({
    get z() { return [exports.first_z(0), exports.first_z(1)]; },
    get dark() { return Boolean(exports.first_dark()); },
    place: rect,
    get picture() {
      const width = exports.first_pixel_size(0), height = exports.first_pixel_size(1);
      return {width, height, pixels: new Float32Array(exports.memory.buffer, exports.first_pixels(), width * height).slice()};
    },
  });
}

// Begins to load. `painted` is settled when the garment has been painted, or will not be. show(bytes, isWanted): the start of
// a weight file; isWanted() says whether the address still asks for it. end(): the explorer has taken over, or never will.
export function startFirstView(canvas) {
  let paper = null, module = null, start = null, isWanted = null, observer = null, ended = false, settle;
  const painted = new Promise((resolve) => { settle = resolve; });

  // False where there is nothing to show.
  function look() {
    const {x, y, points, pixels, scale} = windowOf(canvas), {exports} = module;
    let count = 0;
    if (points.width > 0 && points.height > 0 && isWanted())
      lendText(module, location.hash, (at, length) => { count = exports.first_look(at, length, points.width, points.height, scale, darkScheme.matches); });
    if (!count) return false;
    if (!paper) {
      paper = Object.assign(document.createElement('canvas'), {id: 'first'});
      paper.setAttribute('aria-hidden', 'true');
      canvas.after(paper);
    }
    Object.assign(paper, pixels);
    draw(paper.getContext('2d'), module, count);
    document.documentElement.dataset.theme = exports.first_dark() ? 'dark' : 'light';
    const place = window.loomFirst.place('words');
    leaveRoom({...place, x: place.x + x, y: place.y + y});
    return true;
  }

  function again() {
    if (!ended && paper && !look()) end();
  }

  function begin() {
    if (ended || !module || !start) return;
    let opened = false;
    lend(module, start, (at, length) => { opened = Boolean(module.exports.first_open(at, length)); });
    window.loomFirst = inspector(module);
    if (!opened || !look()) return end();
    observer ??= new ResizeObserver(again); // a file that is asked for twice begins twice
    observer.observe(canvas);
    for (const [target, type] of changes) target.addEventListener(type, again);
    // What waits for it may be long work, so it begins when the frame is on its way; nothing is painted in the background.
    document.visibilityState === 'hidden' ? settle() : requestAnimationFrame(() => setTimeout(settle));
  }

  function end() {
    if (ended) return;
    ended = true;
    paper?.remove();
    leaveRoom(null);
    observer?.disconnect();
    for (const [target, type] of changes) target.removeEventListener(type, again);
    delete window.loomFirst;
    paper = module = start = null;
    settle();
  }

  const changes = [[window, 'hashchange'], [darkScheme, 'change']];
  load().then((loaded) => {
    module = loaded;
    begin();
  }).catch(end); // the explorer will say what is wrong
  return {
    painted,
    end,
    show(bytes, wanted) {
      start = bytes, isWanted = wanted;
      try {
        begin();
      } catch {
        end(); // of memory
      }
    },
  };
}
