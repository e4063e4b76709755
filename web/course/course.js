// What the lesson does beyond its text: keeps only a few figures alive at a time, shows their pictures where frames cannot
// load, and puts the answers on a page of their own on paper. The lesson reads just as well without it. No module, because
// browsers do not load modules from files.

const MOST = 4;           // frames alive; each holds a model and a WebGL context, of which phones have few
const WORD_TIME = 5000;   // ms that a loaded frame has for its first message
const frames = [...document.querySelectorAll('.stage iframe')];
const stages = new Map(frames.map((frame) => [frame.parentElement, frame]));
const views = new Map();  // what each frame showed last, as a link
const heard = new Set();  // frames that have said something since they were put into the page
let giveUp = null;        // ends keepFew()
let failed = null;        // {canRetry}: what frames said before keepFew() began

// What frames say (web/messages.js): their view, and that they cannot start. On hosts that keep files from sandboxes they never
// will; the network may come back.
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

// 'there', 'missing', or 'unreachable', which may change.
async function askForFrames() {
  try {
    const {ok, status} = await fetch(frames[0].src.split('#')[0], {method: 'HEAD'});
    return ok ? 'there' : status >= 500 ? 'unreachable' : 'missing';
  } catch {
    return location.protocol === 'file:' ? 'missing' : 'unreachable';
  }
}

// From a file, or where only this folder was copied, a frame would show an error. A picture is better.
async function start() {
  const answer = await askForFrames();
  answer === 'there' ? keepFew() : showPictures(answer === 'unreachable');
}

// Takes out the frames farthest from sight while more than MOST are in; when their place comes near they come back with
// the view they had. Taking out and putting back leaves the history alone, which changing src in the page would not.
function keepFew() {
  const near = new Set(), timers = new Set();
  const distance = (stage) => Math.abs(stage.getBoundingClientRect().top + stage.clientHeight / 2 - innerHeight / 2);
  const observer = new IntersectionObserver((entries) => {
    for (const {target, isIntersecting} of entries) {
      if (isIntersecting) near.add(target);
      else near.delete(target);
      if (isIntersecting && !stages.get(target).isConnected) putBack(target);
    }
    const far = [...stages.keys()].filter((stage) => !near.has(stage) && stages.get(stage).isConnected && stages.get(stage) !== document.activeElement);
    far.sort((a, b) => distance(b) - distance(a));
    const alive = frames.filter((frame) => frame.isConnected).length;
    for (const stage of far.slice(0, Math.max(0, alive - MOST))) stages.get(stage).remove();
  }, {rootMargin: '100% 0px'});

  function putBack(stage) {
    const frame = stages.get(stage), view = views.get(frame);
    if (view) frame.src = `${frame.src.split('#')[0]}#${view}`;
    heard.delete(frame);
    stage.append(frame);
  }

  // A frame that is loaded and says nothing holds an error page of the browser.
  function watch({target}) {
    timers.add(setTimeout(() => target.isConnected && !heard.has(target) && giveUp(true), WORD_TIME));
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

// On paper nobody can open an answer: they go to the end, numbered, and everything else that is folded opens.
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
