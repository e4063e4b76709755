// node run_files.mjs FILE...   runs the files of browser tests two at a time, those that took longest first
//
// On a busy machine a browser occasionally exceeds a time limit, so a file that fails is run once more, alone, at the
// end. The last line names it in any case, and the exit status is 1 if it fails again.
import {spawn} from 'node:child_process';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SHARED, launchShared} from './explorer.mjs';

const AT_ONCE = 3; // on two processors: a file often waits for a frame or a download
const LIMIT = 400; // seconds for a file, several times that of the longest, in case a browser never answers
const root = new URL('../../../', import.meta.url), record = new URL('build/log/browser-seconds.json', root);
const reporter = fileURLToPath(new URL('reporter.mjs', import.meta.url));

function lastSeconds() {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return {}; // the first run on this machine
  }
}

// Two Chromiums for all files that need no other arguments. A new one is started if one has crashed. Promises, so that
// files that begin at the same time do not start one each.
const browsers = {};
const hasEnded = (browser) => browser.process().exitCode !== null || browser.process().signalCode !== null;
async function sharedBrowser(name) {
  const last = browsers[name] ??= launchShared(name);
  if (hasEnded(await last) && browsers[name] === last) browsers[name] = launchShared(name);
  return (await browsers[name]).wsEndpoint();
}

const children = new Set();

// Returns {passed, seconds, text}. The output of a file is printed as a whole, not mixed with that of another.
async function run(file) {
  const start = Date.now(), parts = [], environment = {...process.env};
  for (const name of Object.keys(SHARED)) environment[name] = await sharedBrowser(name);
  const child = spawn(process.execPath, ['--test', `--test-reporter=${reporter}`, file],
    {stdio: ['ignore', 'pipe', 'pipe'], env: environment, detached: true}); // its own process group, so that all of it can be stopped
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
  children.add(child);
  const timer = setTimeout(() => {
    parts.push(Buffer.from(`FAILED ${basename(file)} was stopped after ${LIMIT} s, in the test after the last one named above\n`));
    process.kill(-child.pid, 'SIGKILL');
  }, 1000 * LIMIT);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      children.delete(child);
      done({passed: code === 0, seconds: Math.round((Date.now() - start) / 1000), text: Buffer.concat(parts).toString()});
    });
  });
}

const seconds = lastSeconds(), failures = [];
// Without a measured time, the size of the file is the estimate.
const expected = (file) => seconds[basename(file)] ?? statSync(file).size / 100;
const waiting = process.argv.slice(2).sort((a, b) => expected(b) - expected(a));

// `counts`: whether the totals at the end of the output are printed, which tools/test adds up.
async function work(files, counts, onFailure) {
  for (let file; (file = files.shift());) {
    const {passed, seconds: took, text} = await run(file), name = basename(file);
    console.log(`${name}: ${passed ? 'passed' : 'FAILED'} in ${took} s\n${passed || counts ? text : text.replace(/^# .*\n/gm, '')}`);
    if (passed) seconds[name] = took;
    else onFailure(file, text);
  }
}
// Playwright closes its browsers on these signals, but this program would keep running.
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => {
  for (const {pid} of children) process.kill(-pid, 'SIGKILL');
  process.exit(1);
});
await Promise.all(Array.from({length: AT_ONCE}, () => work(waiting, false, (file) => failures.push(file))));

const twice = [...failures], failedTwice = [];
await work(failures, true, (file, text) => failedTwice.push({file, text}));
// Closing waits for the browser, which on a busy machine sometimes never answers.
const started = await Promise.all(Object.values(browsers));
await Promise.race([Promise.all(started.map((browser) => browser.close())), new Promise((done) => setTimeout(done, 10000))]);
for (const browser of started) if (!hasEnded(browser)) browser.process().kill('SIGKILL');
writeFileSync(record, JSON.stringify(seconds, null, 1));
console.log(`browser files run twice: ${twice.map((file) => basename(file)).join(' ') || 'none'}`);
for (const {text} of failedTwice) console.log(text.match(/^FAILED.*(\n.*){0,12}/gm)?.join('\n') ?? text);
if (failedTwice.length > 0) {
  console.log(`failed twice: ${failedTwice.map(({file}) => basename(file)).join(' ')}`);
}
process.exit(failedTwice.length > 0 ? 1 : 0);
