// Manners of the explorer in somebody's page: the wheel and the finger beside the plane scroll that page, Escape gives
// the focus back, and what nobody sees is not drawn.

const HINT_TIME = 1600;  // ms
const HINT_TIMES = 2;    // then everybody knows

// Returns hold(reason, on): while there is a reason to hold, nothing is drawn and nothing worked out.
export function behave(canvas) {
  let remote = null;
  const reasons = new Set();
  const manners = {
    hold(reason, on) {
      const before = reasons.size > 0;
      on ? reasons.add(reason) : reasons.delete(reason);
      if (before !== reasons.size > 0) remote?.pause(reasons.size > 0);
    },
    get held() { return reasons.size > 0; },
  };
  canvas.addEventListener('loom-ready', ({detail}) => {
    remote = detail;
    if (reasons.size > 0) remote.pause(true);
  });
  const seen = () => manners.hold('hidden', document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', seen);
  seen();
  shareWheel(canvas);
  shareFingers(canvas, () => remote);
  leaveByEscape(canvas, () => remote);
  return manners;
}

// The wheel zooms with Ctrl or Cmd, or after a click into the canvas; else it is the host page's.
function shareWheel(canvas) {
  const hint = document.getElementById('hint');
  let timer = 0, left = HINT_TIMES;
  addEventListener('wheel', (event) => {
    const ours = event.ctrlKey || event.metaKey || (document.hasFocus() && document.activeElement === canvas);
    if (ours) {
      hint.hidden = true;
      return;
    }
    event.stopImmediatePropagation(); // SDL would take it, and the page would stand still
    if (left <= 0 && hint.hidden) return;
    if (hint.hidden) left--;
    hint.textContent = `${/Mac|iPhone|iPad/.test(navigator.platform) ? '\u2318' : 'Ctrl'} and the wheel zoom, or click first`;
    hint.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => { hint.hidden = true; }, HINT_TIME);
  }, {capture: true, passive: true});
}

// A finger on the plane moves z, on a tool its controls; anywhere else it scrolls the host page or taps.
function shareFingers(canvas, getRemote) {
  const within = ({x, y, width, height}, touch) =>
    touch.clientX >= x && touch.clientX < x + width && touch.clientY >= y && touch.clientY < y + height;
  let ours = true;
  const share = (event) => {
    if (event.target !== canvas || !getRemote()) return;
    if (event.type === 'touchstart' && event.touches.length === 1)
      ours = getRemote().somethingIsOpen ||
        ['plane', 'other', 'tool'].some((part) => within(window.loom.place(part), event.touches[0]));
    // SDL forbids scrolling for every touch that it gets; it may have this one, but not alone.
    if (!event.cancelable || (!ours && event.type !== 'touchend')) event.preventDefault = () => {};
  };
  for (const type of ['touchstart', 'touchmove', 'touchend']) addEventListener(type, share, {capture: true, passive: true});
}

// Escape closes what lies open in the explorer; then it leaves: Tab goes on behind the frame, arrow keys scroll the host,
// and messages.js tells it. Giving it the focus here would send Tab back to the host's first link.
function leaveByEscape(canvas, getRemote) {
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || document.activeElement !== canvas || getRemote()?.somethingIsOpen) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The last stop of the frame, so that Tab leaves it. Chromium goes on only from an element that is in some order.
    const end = document.getElementById('end');
    end.tabIndex = 0;
    end.focus({preventScroll: true});
    end.onblur = () => { end.tabIndex = -1; };
    canvas.dispatchEvent(new CustomEvent('loom-left'));
  }, {capture: true});
}
