// Saves what plays as a film, an animated GIF of the canvas. Loaded on demand; loom-film.wasm (src/film/film_module.cpp)
// writes the file.

import {downloadModule} from './download.js';
import {TEXTS} from './texts.js';

const WASM = {name: 'loom-film.wasm', bytes: +'@loom-film.wasm#bytes@', sha256: '@loom-film.wasm#sha256@'};
const PER_SECOND = 12.5, MOST_FRAMES = 400; // of a long film fewer per second
const WIDEST = 960, END_TIME = 100; // pixels; centiseconds that the last frame stays
const {film: WORDS} = TEXTS;

const sheet = new CSSStyleSheet(); // colours are those of style.css
sheet.replaceSync(`
#film-dialog {
  width: min(360px, calc(100vw - 64px));
  padding: 24px;
  border: 1px solid color-mix(in srgb, var(--ink) 24%, transparent);
  border-radius: 12px;
  background: var(--panel);
  color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
}
#film-dialog h2 { margin: 0 0 12px; font-size: 18px; }
#film-dialog progress { width: 100%; accent-color: var(--accent); }
#film-dialog button {
  min-height: 40px;
  padding: 0 16px;
  border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: inherit;
}
#film-dialog :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`);

const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

// A dialog that shows how far the film is. `cancelled` becomes true when the visitor has ended it.
function showProgress() {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  const bar = element('progress', {max: 1, value: 0}), words = element('p', {role: 'status', textContent: WORDS.frame(0)});
  const cancel = element('button', {type: 'button', textContent: WORDS.cancel});
  const dialog = element('dialog', {id: 'film-dialog'}, element('h2', {id: 'film-title', textContent: WORDS.title}), bar, words, cancel);
  dialog.setAttribute('aria-labelledby', 'film-title');
  bar.setAttribute('aria-labelledby', 'film-title');
  const shown = {
    cancelled: false,
    show(share) {
      bar.value = share;
      words.textContent = WORDS.frame(Math.round(100 * share));
    },
    close: () => dialog.close(),
  };
  cancel.onclick = () => dialog.close();
  dialog.onclose = () => {
    shown.cancelled = true;
    dialog.remove();
  };
  document.body.append(dialog);
  dialog.showModal();
  return shown;
}

async function openWriter() {
  const compiled = await downloadModule('@loom-film.wasm@', WASM);
  const BAD_FILE = 8; // EBADF of WASI: giflib could write to files, of which there are none here
  const {exports} = await WebAssembly.instantiate(compiled, {
    env: {emscripten_notify_memory_growth() {}}, wasi_snapshot_preview1: {fd_write: () => BAD_FILE},
  });
  exports._initialize();
  const memory = () => new Uint8Array(exports.memory.buffer);
  const text = (at) => new TextDecoder().decode(memory().slice(at, memory().indexOf(0, at)));
  const tried = (done) => { if (!done) throw new Error(text(exports.film_error())); };
  return {
    open: (width, height) => tried(exports.film_open(width, height)),
    add(pixels, centiseconds) {
      memory().set(pixels, exports.film_pixels());
      tried(exports.film_add(centiseconds));
    },
    finish() {
      tried(exports.film_finish());
      return memory().slice(exports.film_bytes(), exports.film_bytes() + exports.film_size());
    },
  };
}

let writing = false;

// seconds: how long it plays. draw(share): draws the moment after this share of it, and returns the canvas, which must be
// read in the same task. Resolves to a Blob, or to null if the visitor has cancelled it.
export async function writeFilm({seconds, draw}) {
  if (writing) return null;
  writing = true;
  const progress = showProgress();
  try {
    const writer = await openWriter();
    const steps = Math.min(Math.ceil(seconds * PER_SECOND), MOST_FRAMES - 1), centiseconds = 100 * seconds / steps;
    let context = null;
    for (let i = 0; i <= steps; ++i) {
      await new Promise((done) => setTimeout(done)); // so that the dialog is drawn and can be pressed
      if (progress.cancelled) return null;
      const canvas = draw(i / steps);
      if (!context) {
        const scale = Math.min(1, WIDEST / canvas.width), width = Math.round(scale * canvas.width), height = Math.round(scale * canvas.height);
        context = element('canvas', {width, height}).getContext('2d', {willReadFrequently: true, alpha: false});
        writer.open(width, height);
      }
      const {width, height} = context.canvas;
      context.drawImage(canvas, 0, 0, width, height);
      const time = Math.round((i + 1) * centiseconds) - Math.round(i * centiseconds);
      writer.add(context.getImageData(0, 0, width, height).data, i === steps ? END_TIME : Math.max(2, time));
      progress.show((i + 1) / (steps + 1));
    }
    return new Blob([writer.finish()], {type: 'image/gif'});
  } finally {
    writing = false;
    progress.close();
  }
}
