// The page's status text, shown until the explorer runs or when it fails, and the events of the canvas by which the
// rest of the page learns what happens. In embed.html, frame.js and messages.js listen to these events.

export const canvas = document.getElementById('canvas');
export const isEmbedded = 'embed' in document.documentElement.dataset;

const status = document.getElementById('status');
const statusText = document.getElementById('status-text');
const retry = document.getElementById('retry');
const MIN_SIZE = {width: 120, height: 32}; // CSS pixels that a text needs
retry.onclick = () => location.reload();

export const announce = (type, detail) => canvas.dispatchEvent(new CustomEvent(`loom-${type}`, {detail}));

export function showStatus(text, canRetry = false) {
  statusText.textContent = text;
  retry.hidden = !canRetry;
  status.hidden = false;
}

export function hideStatus() {
  status.hidden = true;
}

export function fail(text, canRetry) {
  announce('failed', text);
  placeStatus(null);
  status.classList.add('failed'); // errors do not fade in
  showStatus(text, canRetry);
}

// Moves the status text into a rectangle of the window, {x, y, width, height}; null: the whole window.
export function placeStatus(rect) {
  const {style} = status, properties = {x: 'left', y: 'top', width: 'width', height: 'height'};
  for (const [side, property] of Object.entries(properties)) style[property] = rect ? `${rect[side]}px` : '';
  status.classList.toggle('beside', Boolean(rect));
  status.classList.toggle('unseen', Boolean(rect) && (rect.width < MIN_SIZE.width || rect.height < MIN_SIZE.height));
}
