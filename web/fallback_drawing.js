// What the plain canvas shows: axes, marks, garment, words. `plain` is the explorer of fallback.js.
const MARK = 1.6; // half a mark's side, in points

export const number = (value) => value.toFixed(2).replace(/^-0\.00$/, '0.00');
export const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function drawAxes(plain, plane) {
  const {context: c} = plain, [x, y] = plain.screen(0, 0);
  c.strokeStyle = style('--line');
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(plane.x, Math.round(y) + 0.5);
  c.lineTo(plane.x + plane.width, Math.round(y) + 0.5);
  c.moveTo(Math.round(x) + 0.5, plane.y);
  c.lineTo(Math.round(x) + 0.5, plane.y + plane.height);
  c.stroke();
  c.fillStyle = style('--muted');
  c.font = '13px system-ui, sans-serif';
  const step = 10 ** Math.floor(Math.log10(plain.half)), low = plain.latent(plane.x, plane.y + plane.height), high = plain.latent(plane.x + plane.width, plane.y);
  for (const axis of [0, 1])
    for (let k = Math.ceil(low[axis] / step); k * step < high[axis]; k++) {
      const label = number(k * step).replace(/\.?0+$/, '').replace('-', '\u2212') || '0', at = axis ? plain.screen(0, k * step) : plain.screen(k * step, 0);
      c.textAlign = axis ? 'left' : 'center';
      if (axis) c.fillText(label, plane.x + 6, at[1] + 4);
      else if (at[0] > plane.x + 30) c.fillText(label, at[0], plane.y + plane.height - 6);
    }
}

export function drawMarks(plain, plane) {
  const {context: c, model} = plain, {mu, labels, count, dims} = model;
  c.globalAlpha = 0.75;
  for (let label = 0; label < model.classNames.length; label++) {
    if (plain.shown.size && !plain.shown.has(label)) continue;
    c.fillStyle = model.classColors[label];
    for (let n = 0; n < count; n++) {
      if (labels[n] !== label) continue;
      const [x, y] = plain.screen(mu[n * dims], mu[n * dims + 1] ?? 0);
      if (x > plane.x && x < plane.x + plane.width && y > plane.y && y < plane.y + plane.height) c.fillRect(x - MARK, y - MARK, 2 * MARK, 2 * MARK);
    }
  }
  c.globalAlpha = 1;
}

// Names at the middles of the classes, because colours alone say nothing to many.
export function drawNames(plain) {
  const {context: c, model} = plain;
  c.font = '13px system-ui, sans-serif';
  c.textAlign = 'center';
  model.middles.forEach((middle, label) => {
    if (!middle || plain.shown.size && !plain.shown.has(label)) return;
    const [x, y] = plain.screen(...middle), width = c.measureText(model.classNames[label]).width + 12;
    c.globalAlpha = 0.85;
    c.fillStyle = style('--raised');
    c.fillRect(x - width / 2, y - 10, width, 20);
    c.globalAlpha = 1;
    c.fillStyle = style('--ink');
    c.fillText(model.classNames[label], x, y + 5);
  });
}

export function drawGarment(plain, {x, y, width: side}) {
  const {context: c, model: {width, height}, pixels} = plain;
  const rgb = (name) => style(name).match(/\w\w/g).map((two) => parseInt(two, 16)), paper = rgb('--paper'), pencil = rgb('--pencil');
  const image = new ImageData(width, height);
  pixels.forEach((value, i) => {
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = paper[k] + (pencil[k] - paper[k]) * value;
    image.data[4 * i + 3] = 255;
  });
  plain.small ??= document.createElement('canvas');
  Object.assign(plain.small, {width, height}).getContext('2d').putImageData(image, 0, 0);
  c.fillStyle = style('--paper');
  c.fillRect(x, y, side, side);
  c.imageSmoothingQuality = 'high';
  const scale = side / Math.max(width, height);
  c.drawImage(plain.small, x + (side - scale * width) / 2, y + (side - scale * height) / 2, scale * width, scale * height);
  c.strokeStyle = style('--line');
  c.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
}

export function drawWords(plain, {x, y, width: side}) {
  const {context: c, canvas} = plain, below = x + side + 100 > canvas.clientWidth;
  const place = plain.said.split(/, |; /), lines = [`z ${plain.z.slice(0, 2).map(number).join(', ')}`, ...place, '', 'No WebGL 2 here:', 'plane and garment only.'];
  c.textAlign = 'left';
  lines.forEach((line, i) => {
    c.fillStyle = style(i <= place.length ? '--ink' : '--muted');
    c.font = `${i <= place.length ? 15 : 13}px system-ui, sans-serif`;
    const left = below ? x : x + side + 12;
    c.fillText(line, left, (below ? y + side + 28 : y + 60) + 22 * i, canvas.clientWidth - left - 8);
  });
}
