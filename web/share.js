// Connects the share dialog with the explorer's module. Loaded on demand.

import {withHeapText} from './heap.js';
import {textReader} from './inspector.js';
import {openDialog} from './share_dialog.js';
import {readSvg} from './share_svg.js';

// Draws a picture of any size and gives everything back before the browser shows a frame. Resolves to a PNG
// or, if it is the map alone, an SVG.
async function draw({module, canvas, sheet}, {width, height, scale, hide, dark, svg = false}) {
  const before = {width: canvas.width, height: canvas.height};
  const copy = Object.assign(document.createElement('canvas'), {width, height});
  try {
    const gl = module._loom_draws_on_cpu() ? null : canvas.getContext('webgl2');
    if (gl) Object.assign(canvas, {width, height});
    let drawn = false;
    withHeapText(module, hide, (at, length) => { drawn = module._loom_draw_sized(width, height, scale, at, length, dark); });
    const {seen} = sheet;
    if (!drawn || (gl ? gl.drawingBufferWidth !== width || gl.drawingBufferHeight !== height : seen.width !== width)) throw new Error();
    if (svg) return readSvg(module);
    copy.getContext('2d').drawImage(seen, 0, 0); // in the task that drew it, because the browser clears the drawing buffer
  } finally {
    module._loom_end_sized();
    if (canvas.width !== before.width || canvas.height !== before.height) Object.assign(canvas, before);
    module._loom_draw_now();
  }
  const file = await new Promise((done) => copy.toBlob(done, 'image/png'));
  if (!file) throw new Error();
  return file;
}

// page: {module, canvas, sheet} of host.js.
export function openShare(page) {
  const {module, sheet} = page, {seen} = sheet, {state, spoken, model} = window.loom;
  return openDialog({
    state,
    spoken,
    missing: textReader(module)(module._loom_missing_in_link()).split('\n').slice(0, -1).map((line) => line.split('\t')),
    dark: document.documentElement.dataset.theme === 'dark',
    screen: {width: seen.width, height: seen.height, scale: seen.width / seen.clientWidth},
    draw: (picture) => draw(page, picture),
    saveModel: model === 'trained-here' ? () => withHeapText(module, 'saveWeights', (at, length) => module._loom_train(at, length)) : null,
  });
}
