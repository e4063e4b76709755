// What the page says while the explorer is not there, or instead of it; and the events by which the canvas tells the rest of
// the page. In embed.html the page is a guest: frame.js and messages.js listen to these events.

export const canvas = document.getElementById('canvas');
export const isGuest = 'embed' in document.documentElement.dataset;

const status = document.getElementById('status');
const statusText = document.getElementById('status-text');
const retry = document.getElementById('retry');
const LEAST = {width: 120, height: 32}; // of a place that words fit into, in points
retry.onclick = () => location.reload();

export const announce = (type, detail) => canvas.dispatchEvent(new CustomEvent(`loom-${type}`, {detail}));

export function tell(text, canRetry = false) {
  statusText.textContent = text;
  retry.hidden = !canRetry;
  status.hidden = false;
}

export function fail(text, canRetry) {
  announce('failed', text);
  leaveRoom(null);
  status.classList.add('failed'); // is there at once
  tell(text, canRetry);
}

export function hush() {
  status.hidden = true;
}

// Puts the words into a place of the window, {x, y, width, height}, so that what is beside it is seen; null: all over it.
export function leaveRoom(place) {
  const {style} = status, sides = {x: 'left', y: 'top', width: 'width', height: 'height'};
  for (const [side, property] of Object.entries(sides)) style[property] = place ? `${place[side]}px` : '';
  status.classList.toggle('beside', Boolean(place));
  status.classList.toggle('unseen', Boolean(place) && (place.width < LEAST.width || place.height < LEAST.height));
}
