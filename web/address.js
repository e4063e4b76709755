// Writes the view into the address, behind '#'. A new entry of the browser's history is made only when the visitor goes
// somewhere else, so that Back leads there and not through every drag.

let knownHash = location.hash; // read or written last
addEventListener('hashchange', () => { knownHash = location.hash; });

// A frame shares its history with the page around it. New entries would hold up the Back of that page, which belongs to
// the page's reader, and they would stay when the page removes the frame. So in a frame there are none.
const makesEntries = window === window.parent;

export const writeAddress = (link) => write('replaceState', link);
export const pushAddress = (link) => write(makesEntries ? 'pushState' : 'replaceState', link);

function write(how, link) {
  if (location.hash !== knownHash) return; // it has just been changed, and the hashchange event has not fired yet
  const address = `${location.pathname}${location.search}#${link}`;
  try {
    history[how](null, '', address);
    knownHash = location.hash;
  } catch {
    // A frame without an address of its own (srcdoc, some sandboxes), or too many changes in a short time.
  }
}
