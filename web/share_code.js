// What is written for other places: the link as a QR code, and code that embeds the view.

import {withTimeout} from './download.js';
import {onDemand} from './on_demand.js';
import {button, element, save} from './share_parts.js';
import {WORDS} from './share_texts.js';

const QR = '@lean-qr.js@'; // empty if the build had no npm
const loadQr = onDemand(QR, (suffix) => import(QR + suffix));
const HEADER_TIMEOUT = 3000; // ms
// The single-file page (tools/dist_forms.py) has its files inside, no embed.html next to it, and no QR code.
export const IS_SINGLE_FILE = Boolean(document.querySelector('script[id^="file:"]'));
export const IMAGE = 'latent-loom.png';

const escaped = (text) => text.replace(/[&"<>]/g, (sign) => ({'&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;'}[sign]));

export function withField(state, key, value) {
  const fields = state.split('&').filter((field) => field && !field.startsWith(`${key}=`));
  return (value ? [...fields, `${key}=${value}`] : fields).join('&');
}

// {sandbox, reached}: the sandbox attribute that an iframe of this page needs, and whether the server answered. Without
// allow-same-origin the frame can read its files only if the server sends the CORS header. With it the frame works on
// every server, so it is used when the server cannot be reached.
export async function askServer() {
  try {
    const {headers} = await withTimeout(fetch('embed.js', {method: 'HEAD', cache: 'no-store'}), HEADER_TIMEOUT);
    const open = headers.get('Access-Control-Allow-Origin') === '*';
    return {sandbox: open ? 'allow-scripts' : 'allow-scripts allow-same-origin', reached: true};
  } catch {
    return {sandbox: 'allow-scripts allow-same-origin', reached: false};
  }
}

// The image is below the iframe, so that it is visible on sites that remove iframes from pages.
export function frameSnippet({link, frame, spoken, sandbox}) {
  return `<figure style="margin: 0">
  <div style="position: relative; aspect-ratio: 16 / 10">
    <img src="${IMAGE}" alt="${escaped(spoken)}" style="width: 100%; height: 100%; object-fit: contain">
    <iframe src="${escaped(frame)}" title="${escaped(WORDS.frameTitle)}" loading="lazy" sandbox="${sandbox}" style="position: absolute; inset: 0; width: 100%; height: 100%; border: 0"></iframe>
  </div>
  <figcaption><a href="${escaped(link)}">${escaped(WORDS.caption)}</a></figcaption>
</figure>`;
}

export function elementSnippet({script, state, onClick}) {
  return `<script type="module" src="${escaped(script)}"></script>
<latent-loom state="${escaped(state)}" poster="${IMAGE}" loading="${onClick ? 'click' : 'lazy'}"></latent-loom>`;
}

// The link as a QR code with its caption, or the reason why there is none.
export function codeFigure(link) {
  const canvas = element('canvas', {id: 'share-code', hidden: true});
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', WORDS.codeName);
  const caption = element('figcaption', {});
  const saveCode = button(WORDS.saveCode, () => canvas.toBlob((blob) => save(blob, 'latent-loom-link.png')));
  const again = button(WORDS.retry, () => draw());
  const show = (text, {hasCode = false, canRetry = false} = {}) => {
    caption.textContent = text;
    canvas.hidden = saveCode.hidden = !hasCode;
    again.hidden = !canRetry;
  };
  async function draw() {
    if (IS_SINGLE_FILE || !QR) return show(WORDS.noCode(WORDS.codeNotBuilt));
    show(WORDS.loadingCode);
    let qr;
    try {
      qr = await loadQr();
    } catch (error) {
      return show(WORDS.noCode(error.message), {canRetry: true});
    }
    try {
      qr.generate(link).toCanvas(canvas, {on: [0, 0, 0], off: [255, 255, 255], pad: 4});
    } catch {
      return show(WORDS.noCode(WORDS.codeTooLong));
    }
    show(WORDS.code, {hasCode: true});
  }
  draw();
  return element('figure', {}, canvas, caption, saveCode, again);
}
