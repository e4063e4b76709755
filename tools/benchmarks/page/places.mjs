// Where things are, and a static web host for them: brotli siblings, and answers that stop in the middle.
import {createServer} from 'node:http';
import {existsSync, readFileSync} from 'node:fs';
import {extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url)), root = join(here, '../../..');
export const pages = join(root, 'build/bench-page'), dist = join(root, 'dist');
export const models = ['fashion-conv-vae-2d', 'fashion-dense-vae-2d'], engines = ['loom', 'tfjs', 'ort'];

const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm'};
const ISOLATION = {'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp'};

// The file of an address: /explorer/... is dist/, the others are the folders of build/bench-page.
export function fileOf(path) {
  const [, place, ...rest] = normalize(decodeURIComponent(path)).split('/');
  return join(place === 'explorer' ? dist : join(pages, place), rest.join('/') || 'index.html');
}

// isolated: the clock ticks in 5 microseconds instead of 100. hold: {address: bytes}; so many are sent of the packed file, and the
// others never.
export async function serve({isolated = false, hold = {}} = {}) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname, file = fileOf(path), packed = `${file}.br`;
    const headers = {'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Cache-Control': 'no-store', ...isolated ? ISOLATION : {}};
    if (path === '/empty.html') return response.writeHead(200, {...headers, 'Content-Type': 'text/html'}).end('<!doctype html>');
    if (!existsSync(file)) return response.writeHead(404).end();
    const compressed = existsSync(packed) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    const body = readFileSync(compressed ? packed : file);
    response.writeHead(200, {...headers, 'Content-Length': body.length, ...compressed ? {'Content-Encoding': 'br'} : {}});
    return path in hold ? response.write(body.subarray(0, hold[path])) : response.end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close())};
}
