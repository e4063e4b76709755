// Asks the browser to keep what this page has loaded, so that the next visit needs no network. Only a page with an address of
// its own may: not a sandboxed frame, not a file of the disk, not plain http://. Nothing depends on it.

const IDLE = 2000; // ms after the start, when the first garment is there

function allowed() {
  return isSecureContext && window === window.top && /^https?:$/.test(location.protocol) && 'serviceWorker' in navigator;
}

async function keep() {
  try {
    if (!allowed()) return;
    await navigator.serviceWorker.register('sw.js', {updateViaCache: 'none'});
    const {active} = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({name}) => name.split('#')[0]);
    active.postMessage({keep: [...new Set([location.href.split('#')[0], ...loaded])]});
  } catch {
    // A browser that forbids storage: then the page simply needs its network.
  }
}

export function keepForOffline() {
  setTimeout(keep, IDLE);
}
