// Asks the browser to keep what this page has loaded, so that the next visit needs no network. Only a page with an address of
// its own may: not a sandboxed frame, not a file of the disk, not plain http://. Nothing depends on it.

const IDLE = 2000;   // ms after the start, when the first garment is there
const RETRY = 60000; // ms after the worker could not be fetched

function allowed() {
  return isSecureContext && window === window.top && /^https?:$/.test(location.protocol) && 'serviceWorker' in navigator;
}

async function keep() {
  try {
    if (!allowed()) return;
    await register();
    const {active} = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({name}) => name.split('#')[0]);
    active.postMessage({keep: [...new Set([location.href.split('#')[0], ...loaded])]});
  } catch {
    // A browser that forbids storage: then the page simply needs its network.
  }
}

// The network may be gone for a while. A browser that forbids workers says so by a SecurityError, and will not change its mind.
async function register() {
  for (;;) {
    try {
      return await navigator.serviceWorker.register('sw.js', {updateViaCache: 'none'});
    } catch (error) {
      if (error.name === 'SecurityError') throw error;
      await new Promise((done) => {
        setTimeout(done, RETRY);
        addEventListener('online', done, {once: true});
      });
    }
  }
}

export function keepForOffline() {
  setTimeout(keep, IDLE);
}
