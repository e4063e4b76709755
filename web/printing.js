// Browsers print a WebGL canvas empty: before printing, its image is copied to a plain canvas, which style.css shows on paper.
export function printCanvas(canvas, drawNow) {
  const copy = document.body.appendChild(document.createElement('canvas'));
  copy.id = 'paper';
  addEventListener('beforeprint', () => {
    if (!drawNow()) return;
    Object.assign(copy, {width: canvas.width, height: canvas.height});
    copy.getContext('2d').drawImage(canvas, 0, 0);
  });
}
