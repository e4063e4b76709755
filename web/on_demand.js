// Modules that are fetched when they are first needed.

import {download, withTimeout} from './download.js';
import {TEXTS} from './texts.js';

const RETRY = 10000; // ms

// Returns load(), which imports a module on the first call and may be called again after a failure. importFrom(suffix)
// imports the module from its URL with a suffix: browsers cache the failure of an import by its URL, so every further
// try needs another one. `name` is the module's file. The error says why the file could not be loaded, which the
// browser's own error does not.
export function onDemand(name, importFrom) {
  let loading, tries = 0;
  const attempt = () => withTimeout(importFrom(tries++ ? `?${tries}` : ''));
  const load = async () => {
    try {
      return await attempt();
    } catch {
      await download(name, {name}); // throws the reason if the download fails
      return attempt().catch((error) => {
        throw new Error(`${name}: ${TEXTS.start.notTheScript}`, {cause: error});
      });
    }
  };
  return () => loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
}

// Calls load() until it succeeds.
export async function untilLoaded(load) {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, RETRY));
    }
  }
}
