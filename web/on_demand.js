// Modules that are fetched when they are first needed, so that nobody else waits for them.

import {download, inTime} from './download.js';

const RETRY = 10000; // ms

// Returns load(), which imports a module on the first call. importFrom(suffix) imports it from its address and a suffix: browsers
// remember by its address that a module could not be loaded, so every further try needs another one. After a failure load() may
// be called again. `name` is the module's file; the error says what is wrong with it, which the browser's own does not.
export function onDemand(name, importFrom) {
  let loading, tries = 0;
  const attempt = () => inTime(importFrom(tries++ ? `?${tries}` : ''));
  const load = async () => {
    try {
      return await attempt();
    } catch {
      await download(name, {name}); // throws the reason, if it is the network's
      return attempt().catch((error) => {
        throw new Error(`${name}: it is not the script that belongs to this page, but perhaps a log-in page of the network`, {cause: error});
      });
    }
  };
  return () => loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
}

// For what nobody asks for a second time: calls load() until it succeeds.
export async function untilLoaded(load) {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, RETRY));
    }
  }
}
