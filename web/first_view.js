// The first view: the image of the link, decoded from the first bytes of the weight file long before the explorer's
// module has been loaded. loom-first.wasm (src/explorer/first/first_view.h) decodes it and lays it out. It is drawn on
// a canvas over the explorer's, in the place where the explorer will draw the same image.

import {downloadModule} from './download.js';
import {rectOf, withHeapCopy, withHeapText} from './heap.js';
import {placeStatus} from './status.js';

const WASM = {name: 'loom-first.wasm', bytes: +'@loom-first.wasm#bytes@', sha256: '@loom-first.wasm#sha256@'};
// FirstShape and FirstKind in src/explorer/first/first_view.h, which asserts this order.
const SHAPE_WORDS = ['kind', 'x', 'y', 'width', 'height', 'radius', 'thickness', 'color'], KINDS = ['fill', 'outline', 'picture'];
const SHAPE = SHAPE_WORDS.length, [FILL, OUTLINE] = KINDS.keys();

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

async function load() {
  const compiled = await downloadModule('@loom-first.wasm@', WASM);
  const {exports} = await WebAssembly.instantiate(compiled, {env: {emscripten_notify_memory_growth() {}}});
  exports._initialize();
  return {exports, _malloc: exports.malloc, _free: exports.free, get HEAPU8() { return new Uint8Array(exports.memory.buffer); }};
}

// The explorer's window in points and device pixels, computed as SDL does.
function windowOf(canvas) {
  const {x, y, width, height} = canvas.getBoundingClientRect(), ratio = devicePixelRatio;
  const points = {width: Math.trunc(width), height: Math.trunc(height)};
  const pixels = {width: Math.trunc(points.width * ratio), height: Math.trunc(points.height * ratio)};
  return {x, y, points, pixels, scale: pixels.width / points.width};
}

const css = (color) => `rgb(${color & 255} ${color >> 8 & 255} ${color >> 16 & 255} / ${(color >>> 24) / 255})`;

function imageOf({exports, HEAPU8}) {
  const width = exports.first_picture_size(0), height = exports.first_picture_size(1), at = exports.first_picture();
  const image = Object.assign(document.createElement('canvas'), {width, height});
  image.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(HEAPU8.slice(at, at + 4 * width * height).buffer), width, height), 0, 0);
  return image;
}

function draw(context, module, count) {
  const {exports, HEAPU8: {buffer}} = module, at = exports.first_shapes();
  const numbers = new Float32Array(buffer, at, SHAPE * count), words = new Uint32Array(buffer, at, SHAPE * count);
  context.imageSmoothingQuality = 'low'; // linear, as the GPU does it
  for (let i = 0; i < SHAPE * count; i += SHAPE) {
    const kind = words[i], [, x, y, width, height, radius, thickness] = numbers.subarray(i), color = css(words[i + SHAPE - 1]);
    if (kind !== FILL && kind !== OUTLINE) {
      context.drawImage(imageOf(module), x, y, width, height);
      continue;
    }
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    Object.assign(context, {fillStyle: color, strokeStyle: color, lineWidth: thickness || 1});
    kind === FILL ? context.fill() : context.stroke();
  }
}

// Read-only view for tests, while the first view is shown.
function inspector(module) {
  const {exports} = module, rect = (part) => rectOf(module, exports.first_place, part);
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

// Starts loading the module. Returns
//   painted                a promise, resolved when the image has been painted or cannot be painted
//   show(bytes, isWanted)  sets the start of a weight file; isWanted() tells whether the address still names that file
//   end()                  removes the first view: call it when the explorer draws, or when it has failed
export function startFirstView(canvas) {
  let overlay = null, module = null, start = null, isWanted = null, observer = null, ended = false, settle;
  const painted = new Promise((resolve) => { settle = resolve; });

  // Draws the view. Returns false if there is nothing to show.
  function render() {
    const {x, y, points, pixels, scale} = windowOf(canvas), {exports} = module;
    let count = 0;
    if (points.width > 0 && points.height > 0 && isWanted())
      withHeapText(module, location.hash, (address, length) => { count = exports.first_look(address, length, points.width, points.height, scale, darkScheme.matches); });
    if (!count) return false;
    if (!overlay) {
      overlay = Object.assign(document.createElement('canvas'), {id: 'first'});
      overlay.setAttribute('aria-hidden', 'true');
      canvas.after(overlay);
    }
    Object.assign(overlay, pixels);
    draw(overlay.getContext('2d'), module, count);
    document.documentElement.dataset.theme = exports.first_dark() ? 'dark' : 'light';
    const place = window.loomFirst.place('words');
    placeStatus({...place, x: place.x + x, y: place.y + y});
    return true;
  }

  function renderAgain() {
    if (!ended && overlay && !render()) end();
  }

  // Draws the view once both the module and the start of the file are available.
  function begin() {
    if (ended || !module || !start) return;
    let opened = false;
    withHeapCopy(module, start, (address, length) => { opened = Boolean(module.exports.first_open(address, length)); });
    window.loomFirst = inspector(module);
    if (!opened || !render()) return end();
    observer ??= new ResizeObserver(renderAgain); // begin() runs twice if the file is downloaded twice
    observer.observe(canvas);
    for (const [target, type] of changes) target.addEventListener(type, renderAgain);
    // Resolves `painted` after the frame, because it may start long work. A hidden page paints no frames.
    document.visibilityState === 'hidden' ? settle() : requestAnimationFrame(() => setTimeout(settle));
  }

  function end() {
    if (ended) return;
    ended = true;
    overlay?.remove();
    placeStatus(null);
    observer?.disconnect();
    for (const [target, type] of changes) target.removeEventListener(type, renderAgain);
    delete window.loomFirst;
    overlay = module = start = null;
    settle();
  }

  const changes = [[window, 'hashchange'], [darkScheme, 'change']];
  load().then((loaded) => {
    module = loaded;
    begin();
  }).catch(end); // the explorer will report the error
  return {
    painted,
    end,
    show(bytes, wanted) {
      start = bytes, isWanted = wanted;
      try {
        begin();
      } catch {
        end(); // out of memory
      }
    },
  };
}
