// Browsers print a WebGL canvas empty, so before printing its image is copied to a 2D canvas, which style.css shows on
// paper.

// drawNow() must draw and return the canvas that shows the image, or a falsy value if there is none.
export function printCanvas(drawNow) {
  const copy = document.body.appendChild(document.createElement('canvas'));
  copy.id = 'paper';
  addEventListener('beforeprint', () => {
    const shown = drawNow();
    if (!shown) return;
    Object.assign(copy, {width: shown.width, height: shown.height});
    copy.getContext('2d').drawImage(shown, 0, 0);
  });
}
