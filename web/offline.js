// Installs the service worker that caches the page's files, so that the next visit needs no network. Browsers allow it
// only in secure contexts: not in a sandboxed frame, a local file or a plain http:// page. The page works without it.

const DELAY = 2000;   // ms after the start, when the first image is there
const RETRY = 60000;  // ms after the worker could not be fetched

function isAllowed() {
  return isSecureContext && window === window.top && /^https?:$/.test(location.protocol) && 'serviceWorker' in navigator;
}

// Tries again until the network is back, but not after a SecurityError, with which browsers forbid workers.
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

// Sends the worker the URLs of the files that were loaded before it ran, because it has not seen these requests.
async function install() {
  try {
    if (!isAllowed()) return;
    await register();
    const {active} = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({name}) => name.split('#')[0]);
    active.postMessage({keep: [...new Set([location.href.split('#')[0], ...loaded])]});
  } catch {
    // The browser forbids storage, so the page needs the network at every visit.
  }
}

export function keepForOffline() {
  setTimeout(install, DELAY);
}
