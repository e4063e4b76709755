// What the lesson does beyond its text: keeps only a few figures alive at a time, shows their pictures where frames cannot
// load, and puts the answers on a page of their own on paper. The lesson reads just as well without it. No module, because
// browsers do not load modules from files.

const MOST = 4; // frames alive; each holds a model and a WebGL context, of which phones have few
const frames = [...document.querySelectorAll('.stage iframe')];

// From a file, or where only this folder was copied, a frame would show an error. A picture is better.
async function framesExist() {
  try {
    return (await fetch(frames[0].src.split('#')[0], {method: 'HEAD'})).ok;
  } catch {
    return false;
  }
}

// Takes out the frames farthest from sight while more than MOST are in; when their place comes near they come back with
// the view they had. Taking out and putting back leaves the history alone, which changing src in the page would not.
function keepFew() {
  const stages = new Map(frames.map((frame) => [frame.parentElement, frame])), views = new Map(), near = new Set();
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
    stage.append(frame);
  }

  // What frames say (web/messages.js): their view, and that they cannot start, as on hosts that keep files from sandboxes.
  addEventListener('message', ({source, data}) => {
    const frame = frames.find((one) => one.isConnected && one.contentWindow === source);
    if (!frame || data?.loom !== 1) return;
    if (data.type === 'state' && typeof data.state === 'string') views.set(frame, data.state);
    if (data.type === 'error' && ['cors', 'network', 'missing'].includes(data.code)) {
      observer.disconnect();
      showPictures();
    }
  });
  for (const stage of stages.keys()) observer.observe(stage);
}

function showPictures() {
  document.documentElement.classList.add('pictures');
  for (const frame of frames) frame.remove();
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
framesExist().then((exist) => (exist ? keepFew() : showPictures()));
