// Writes the view into the address, behind '#'.

let knownHash = location.hash; // read or written last
addEventListener('hashchange', () => { knownHash = location.hash; });

export function writeAddress(link) {
  if (location.hash !== knownHash) return; // it has just been changed, and the hashchange event has not fired yet
  try {
    history.replaceState(null, '', `${location.pathname}${location.search}#${link}`);
    knownHash = location.hash;
  } catch {
    // A frame without an address of its own (srcdoc, some sandboxes).
  }
}
