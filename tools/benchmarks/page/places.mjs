// Paths of the pages, and a static web host for them, which serves brotli files and can interrupt a response.
import {createServer} from 'node:http';
import {existsSync, readFileSync} from 'node:fs';
import {extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url)), root = join(here, '../../..');
export const pages = join(root, 'build/bench-page'), dist = join(root, 'dist');
export const models = ['fashion-conv-vae-2d', 'fashion-dense-vae-2d'], engines = ['loom', 'tfjs', 'ort'];

const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm'};
const ISOLATION = {'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp'};

// The file of a URL path: /explorer/... is in dist/, all others are in the folders of build/bench-page.
export function fileOf(path) {
  const [, place, ...rest] = normalize(decodeURIComponent(path)).split('/');
  return join(place === 'explorer' ? dist : join(pages, place), rest.join('/') || 'index.html');
}

// isolated: the resolution of performance.now() is 5 microseconds instead of 100. hold: {path: bytes}; only so many
// bytes of the compressed file are sent, and the response never ends.
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
