// The map as SVG (src/explorer/draw/vector_picture.h), with its images embedded as PNG.

import {textReader} from './inspector.js';

// Call it in the task that drew the map with everything else hidden. Resolves to a file.
export function readSvg(module) {
  const text = textReader(module), images = [];
  let svg = text(module._loom_svg());
  for (let i = 0, name; (name = module._loom_svg_image(i)); ++i) {
    const width = module._loom_svg_size(i, false), height = module._loom_svg_size(i, true), at = module._loom_svg_pixels(i);
    const canvas = Object.assign(document.createElement('canvas'), {width, height});
    canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(module.HEAPU8.slice(at, at + 4 * width * height).buffer), width, height), 0, 0);
    images.push([text(name), canvas.toDataURL('image/png')]);
  }
  for (const [name, data] of images) svg = svg.replaceAll(`"texture:${name}"`, `"${data}"`);
  return new Blob([svg], {type: 'image/svg+xml'});
}
