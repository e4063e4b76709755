// How the explorer behaves inside another page: the wheel, and touches outside the plane, scroll that page; Escape
// returns the focus to it; a hidden frame draws nothing.

const HINT_TIME = 1600;  // ms
const MAX_HINTS = 2;

// Returns {pause(reason, on), isPaused}. While there is at least one reason, nothing is drawn or computed.
export function embedInHost(canvas) {
  let remote = null;
  const reasons = new Set();
  const pausing = {
    pause(reason, on) {
      const before = reasons.size > 0;
      on ? reasons.add(reason) : reasons.delete(reason);
      if (before !== reasons.size > 0) remote?.pause(reasons.size > 0);
    },
    get isPaused() { return reasons.size > 0; },
  };
  canvas.addEventListener('loom-ready', ({detail}) => {
    remote = detail;
    if (reasons.size > 0) remote.pause(true);
  });
  const updateVisibility = () => pausing.pause('hidden', document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', updateVisibility);
  updateVisibility();
  routeWheel(canvas);
  routeTouches(canvas, () => remote);
  leaveByEscape(canvas, () => remote);
  return pausing;
}

// The wheel zooms if Ctrl or Cmd is held or the canvas has the focus. Otherwise it scrolls the host page.
function routeWheel(canvas) {
  const hint = document.getElementById('hint');
  if (/Mac|iPhone|iPad/.test(navigator.platform)) document.getElementById('hint-key').textContent = '\u2318';
  let timer = 0, left = MAX_HINTS;
  addEventListener('wheel', (event) => {
    const ours = event.ctrlKey || event.metaKey || (document.hasFocus() && document.activeElement === canvas);
    if (ours) {
      hint.hidden = true;
      return;
    }
    event.stopImmediatePropagation(); // SDL would prevent the scrolling
    if (left <= 0 && hint.hidden) return;
    if (hint.hidden) left--;
    hint.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => { hint.hidden = true; }, HINT_TIME);
  }, {capture: true, passive: true});
}

// A finger on the plane moves z, and one on the tool's panel operates it. Elsewhere it scrolls the host page or taps.
function routeTouches(canvas, getRemote) {
  const within = ({x, y, width, height}, touch) =>
    touch.clientX >= x && touch.clientX < x + width && touch.clientY >= y && touch.clientY < y + height;
  let ours = true;
  const share = (event) => {
    if (event.target !== canvas || !getRemote()) return;
    if (event.type === 'touchstart' && event.touches.length === 1)
      ours = getRemote().somethingIsOpen ||
        ['plane', 'other', 'tool'].some((part) => within(window.loom.place(part), event.touches[0]));
    // SDL calls preventDefault for every touch that it receives. It may receive this one but not prevent scrolling.
    if (!event.cancelable || (!ours && event.type !== 'touchend')) event.preventDefault = () => {};
  };
  for (const type of ['touchstart', 'touchmove', 'touchend']) addEventListener(type, share, {capture: true, passive: true});
}

// Escape closes what is open in the explorer, then leaves the frame: Tab continues after it, arrow keys scroll the host
// page, and messages.js tells the host. If this focused the host's document, Tab would continue from its first link.
function leaveByEscape(canvas, getRemote) {
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || document.activeElement !== canvas || getRemote()?.somethingIsOpen) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The frame's last element, so that the next Tab leaves it. Chromium continues only from elements with a tabindex.
    const end = document.getElementById('end');
    end.tabIndex = 0;
    end.focus({preventScroll: true});
    end.onblur = () => { end.tabIndex = -1; };
    canvas.dispatchEvent(new CustomEvent('loom-left'));
  }, {capture: true});
}
