// Installs the service worker that keeps the page's files, so that the next visit needs no network. Only a page with an address of
// its own can have one: not a sandboxed frame, not a local file, not plain http://. The page works the same without it.

const DELAY = 2000;   // ms after the start, when the first image is there
const RETRY = 60000;  // ms after the worker could not be fetched

function isAllowed() {
  return isSecureContext && window === window.top && /^https?:$/.test(location.protocol) && 'serviceWorker' in navigator;
}

// Tries again until the network is back. A browser that forbids workers throws a SecurityError and will not change its mind.
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

// What was loaded before the worker ran did not pass through it: it is told these addresses.
async function install() {
  try {
    if (!isAllowed()) return;
    await register();
    const {active} = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({name}) => name.split('#')[0]);
    active.postMessage({keep: [...new Set([location.href.split('#')[0], ...loaded])]});
  } catch {
    // The browser forbids storage: the page needs the network at every visit.
  }
}

export function keepForOffline() {
  setTimeout(install, DELAY);
}
