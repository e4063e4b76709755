// Keeps only a few live figures loaded at a time, shows images where frames cannot be loaded, and prints the answers on
// a separate page. The lesson works without this script. It is not a module because browsers do not load modules from
// local files.

const MAX_FRAMES = 4; // each has a model and a WebGL context, and phones allow only a few contexts
const FIRST_MESSAGE_TIMEOUT = 5000; // ms after a frame's load event
const frames = [...document.querySelectorAll('.stage iframe')];
const stages = new Map(frames.map((frame) => [frame.parentElement, frame]));
const views = new Map();  // the last view of each frame, as a link
const heard = new Set();  // frames that have sent a message since they were inserted
let giveUp = null;        // ends keepFew()
let failed = null;        // {canRetry}: an error that a frame sent before keepFew() began

// Messages of the frames (web/messages.js): their view, and errors. A missing CORS header ('cors') will not appear
// later; the network may come back.
addEventListener('message', ({source, data}) => {
  const frame = frames.find((one) => one.isConnected && one.contentWindow === source);
  if (!frame || data?.loom !== 1) return;
  heard.add(frame);
  if (data.type === 'state' && typeof data.state === 'string') views.set(frame, data.state);
  if (data.type === 'error' && ['cors', 'network', 'missing'].includes(data.code)) {
    failed = {canRetry: data.code !== 'cors'};
    giveUp?.(failed.canRetry);
  }
});

// Whether frames can be loaded: 'there', 'missing', or 'unreachable', after which a retry may succeed.
async function askForFrames() {
  try {
    const {ok, status} = await fetch(frames[0].src.split('#')[0], {method: 'HEAD'});
    return ok ? 'there' : status >= 500 ? 'unreachable' : 'missing';
  } catch {
    return location.protocol === 'file:' ? 'missing' : 'unreachable';
  }
}

// Shows images if frames cannot be loaded: on a page opened as a local file, or if only this folder was copied.
async function start() {
  const answer = await askForFrames();
  answer === 'there' ? keepFew() : showPictures(answer === 'unreachable');
}

// Removes the frames that are farthest from the window while there are more than MAX_FRAMES. When they come near again,
// they are inserted with the view they had. Removing and inserting adds nothing to the browser's history; changing src
// would.
function keepFew() {
  const near = new Set(), timers = new Set();
  const distance = (stage) => Math.abs(stage.getBoundingClientRect().top + stage.clientHeight / 2 - innerHeight / 2);
  const observer = new IntersectionObserver((entries) => {
    for (const {target, isIntersecting} of entries) {
      if (isIntersecting) near.add(target);
      else near.delete(target);
      if (isIntersecting && !stages.get(target).isConnected) insert(target);
    }
    const far = [...stages.keys()].filter((stage) => !near.has(stage) && stages.get(stage).isConnected && stages.get(stage) !== document.activeElement);
    far.sort((a, b) => distance(b) - distance(a));
    const alive = frames.filter((frame) => frame.isConnected).length;
    for (const stage of far.slice(0, Math.max(0, alive - MAX_FRAMES))) stages.get(stage).remove();
  }, {rootMargin: '100% 0px'});

  function insert(stage) {
    const frame = stages.get(stage), view = views.get(frame);
    if (view) frame.src = `${frame.src.split('#')[0]}#${view}`;
    heard.delete(frame);
    stage.append(frame);
  }

  // A frame that has loaded without a message shows an error page of the browser.
  function watch({target}) {
    timers.add(setTimeout(() => target.isConnected && !heard.has(target) && giveUp(true), FIRST_MESSAGE_TIMEOUT));
  }

  giveUp = (canRetry) => {
    giveUp = null;
    observer.disconnect();
    for (const frame of frames) frame.removeEventListener('load', watch);
    timers.forEach(clearTimeout);
    showPictures(canRetry);
  };
  for (const [stage, frame] of stages) {
    frame.addEventListener('load', watch);
    observer.observe(stage);
  }
  if (failed) giveUp(failed.canRetry);
}

function showPictures(canRetry) {
  const {classList} = document.documentElement;
  classList.add('pictures');
  for (const [stage, frame] of stages) {
    frame.remove();
    if (!canRetry) continue;
    const button = Object.assign(document.createElement('button'), {type: 'button', className: 'again', textContent: 'Load the live figure', onclick: retry});
    stage.after(button);
  }
  if (canRetry) addEventListener('online', retry, {once: true});

  function retry() {
    removeEventListener('online', retry);
    for (const button of document.querySelectorAll('.again')) button.remove();
    classList.remove('pictures');
    failed = null;
    start();
  }
}

// On paper answers cannot be opened, so they are moved to the end and numbered, and all other folds are opened.
function printable() {
  const exercises = [...document.querySelectorAll('.exercises > li')];
  let undo = [];
  addEventListener('beforeprint', () => {
    if (undo.length) return;
    for (const folded of document.querySelectorAll('details:not([open])')) {
      folded.open = true;
      undo.push(() => { folded.open = false; });
    }
    const section = document.createElement('section'), title = document.createElement('h2'), list = document.createElement('ol');
    section.id = 'answers';
    title.textContent = 'Answers';
    list.className = 'answers';
    section.append(title, list);
    for (const exercise of exercises) {
      const answer = exercise.querySelector('details'), item = document.createElement('li');
      item.append(...[...answer.children].filter((part) => part.localName !== 'summary'));
      list.append(item);
      undo.push(() => answer.append(...item.children));
    }
    document.querySelector('main').append(section);
    undo.push(() => section.remove());
  });
  addEventListener('afterprint', () => {
    for (const step of undo) step();
    undo = [];
  });
}

printable();
start();
