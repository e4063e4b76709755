// A static web host on a free port: MIME types, brotli files, an optional path prefix, and responses set by a test.
import {createServer} from 'node:http';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const dist = process.env.LOOM_DIST ?? join(root, 'dist');

const TYPES = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.wasm': 'application/wasm', '.safetensors': 'application/octet-stream', '.svg': 'image/svg+xml', '.png': 'image/png'};

export const manifest = () => JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8'));
export const distFile = (path) => readFileSync(join(dist, path));

async function sendSlowly(response, body, milliseconds) {
  const pieces = 20;
  for (let i = 0; i < pieces && !response.destroyed; i++) {
    response.write(body.subarray(Math.floor(body.length * i / pieces), Math.floor(body.length * (i + 1) / pieces)));
    await new Promise((done) => setTimeout(done, milliseconds / pieces));
  }
  response.end();
}

// Sends a share of the body at once, then a byte every two seconds, so that no timeout expires. Sends the rest after
// `when`.
async function sendStart(response, body, share, when) {
  let at = Math.floor(share * body.length);
  response.write(body.subarray(0, at));
  const timer = setInterval(() => response.destroyed ? clearInterval(timer) : response.write(body.subarray(at, ++at)), 2000);
  await when;
  clearInterval(timer);
  response.end(body.subarray(at));
}

// answers: {'path below the prefix': {status, type, body, delay}}, looked up at every request, so that a test may
// change it. For network failures: destroy (closes the connection without a response), silent (no response, but the
// connection stays open), breakAfter (bytes until the connection is closed), slow (ms for the whole body, in pieces),
// when (a promise to wait for; with start: only after that share of the body), times (number of requests that get this
// answer; later ones get the file). `down` closes every connection. cors: false omits the CORS header, which most
// public hosts send, but many course servers do not. `mounts` serves other folders below a path:
// {'examples/reveal.js/': folder}.
export const serveDist = (options) => serveFolder(dist, options);

export async function serveFolder(folder, {prefix = '/', answers = {}, mounts = {}, cacheControl = 'no-store', cors = true} = {}) {
  const requests = [], state = {down: false};
  const server = createServer(async (request, response) => {
    const {pathname} = new URL(request.url, 'http://localhost');
    if (!pathname.startsWith(prefix)) return response.writeHead(404).end();
    const path = decodeURIComponent(pathname.slice(prefix.length)) || 'index.html';
    const headers = {'Content-Type': TYPES[extname(path)] ?? 'text/plain', 'Cache-Control': cacheControl,
      ...(cors && {'Access-Control-Allow-Origin': '*'})}; // for sandboxed frames, which have no origin
    const answer = answers[path];
    if (answer?.times !== undefined && --answer.times <= 0) delete answers[path];
    if (answer?.destroy || state.down) return request.socket.destroy();
    const mount = Object.keys(mounts).find((start) => path.startsWith(start));
    let file = mount ? join(mounts[mount], path.slice(mount.length)) : join(folder, path), status = answer?.status ?? 200, body = answer?.body;
    if (answer?.type) headers['Content-Type'] = answer.type;
    if (body === undefined) {
      if (path.includes('..') || !existsSync(file) || !statSync(file).isFile()) status = 404;
      else if (existsSync(`${file}.br`) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
        headers['Content-Encoding'] = 'br';
        file += '.br';
      }
      body = status === 404 ? 'not found' : readFileSync(file);
    }
    requests.push({path, encoding: headers['Content-Encoding'] ?? '', status});
    if (answer?.silent) return;
    if (answer?.start) return sendStart(response.writeHead(status, headers), body, answer.start, answer.when);
    await answer?.when;
    if (answer?.breakAfter) return response.writeHead(status, headers).write(body.subarray(0, answer.breakAfter), () => request.socket.destroy());
    if (answer?.slow) return sendSlowly(response.writeHead(status, headers), body, answer.slow);
    setTimeout(() => response.writeHead(status, headers).end(body), answer?.delay ?? 0);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return Object.assign(state, {
    url: `http://127.0.0.1:${server.address().port}${prefix}`, answers, requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
}
