// Installs the service worker that keeps the page's files, so that the next visit needs no network, and says when it has
// a newer version of the page. Browsers allow it only in secure contexts: not in a sandboxed frame, a local file or a
// plain http:// page. The page works without it.

import {TEXTS} from './texts.js';

const DELAY = 2000;      // ms after the start, when the first image is there
const RETRY = 60000;     // ms after the worker could not be fetched
const LOOK_AGAIN = 6e5;  // ms, at least, between two looks for a newer version in a page that stays open

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

function lookWhenSeen(worker) {
  let last = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - last < LOOK_AGAIN) return;
    last = Date.now();
    worker.postMessage({keep: []});
  });
}

// Sends the worker the URLs of the files that were loaded before it ran, because it has not seen these requests.
async function install() {
  try {
    await register();
    const {active} = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map(({name}) => name.split('#')[0]);
    active.postMessage({keep: [...new Set([location.href.split('#')[0], ...loaded])]});
    lookWhenSeen(active);
  } catch {
    // The browser forbids storage, so the page needs the network at every visit.
  }
}

function sayThereIsANewVersion() {
  if (document.getElementById('newer')) return;
  const bar = document.createElement('p'), reload = document.createElement('button'), close = document.createElement('button');
  bar.id = 'newer';
  bar.setAttribute('role', 'status');
  bar.append(TEXTS.newer.found);
  reload.textContent = TEXTS.newer.reload;
  reload.onclick = () => location.reload();
  close.textContent = '\u00d7';
  close.setAttribute('aria-label', TEXTS.newer.later);
  close.onclick = () => bar.remove();
  bar.append(reload, close);
  document.querySelector('main').append(bar);
}

export function keepForOffline() {
  if (!isAllowed()) return;
  navigator.serviceWorker.addEventListener('message', ({data}) => {
    if (data?.newVersion) sayThereIsANewVersion();
  });
  navigator.serviceWorker.startMessages();
  setTimeout(install, DELAY);
}
