// The address behind '#', which holds the whole view.

let knownHash = location.hash; // read or written last
addEventListener('hashchange', () => { knownHash = location.hash; });

export function writeAddress(link) {
  if (location.hash !== knownHash) return; // somebody has just changed it, and the event that says so is on its way
  try {
    history.replaceState(null, '', `${location.pathname}${location.search}#${link}`);
    knownHash = location.hash;
  } catch {
    // Frames without an address of their own cannot have one.
  }
}
