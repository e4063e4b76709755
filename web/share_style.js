// The style of the share dialog. Colours are those of style.css.

const STYLE = `
#share-dialog {
  box-sizing: border-box;
  width: min(720px, calc(100vw - 16px));
  max-height: calc(100dvh - 16px);
  padding: 24px;
  overflow: auto;
  border: 1px solid color-mix(in srgb, var(--ink) 24%, transparent);
  border-radius: 12px;
  background: var(--panel);
  color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
}
#share-dialog::backdrop { background: rgb(0 0 0 / 0.45); }
#share-dialog h2 { margin: 0 0 12px; font-size: 20px; }
#share-dialog h3 { margin: 0 0 8px; font-size: 15px; font-weight: 600; }
#share-dialog section { margin: 0 0 24px; }
#share-dialog button {
  min-height: 40px;
  padding: 0 16px;
  border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
#share-dialog button:hover { background: color-mix(in srgb, var(--ink) 8%, transparent); }
#share-dialog button:disabled { opacity: 0.5; cursor: default; }
#share-dialog button.share-main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
#share-dialog :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#share-dialog h2:focus-visible { outline: 0; } /* it only takes the focus from the link, which would show its end */
#share-dialog [hidden] { display: none; }
.share-row { display: grid; grid-template-columns: 1fr 92px; gap: 4px 8px; margin: 0 0 12px; }
.share-row label { grid-column: 1 / -1; }
.share-row input, .share-row textarea, .share-choice select {
  box-sizing: border-box;
  width: 100%;
  min-height: 40px;
  padding: 8px;
  border: 1px solid color-mix(in srgb, var(--ink) 45%, transparent);
  border-radius: 8px;
  background: transparent;
  color: inherit;
  font: 13px/1.4 ui-monospace, monospace;
  resize: vertical;
}
.share-row input { text-overflow: ellipsis; }
.share-choice select { background: var(--panel); font: inherit; }
.share-row button { align-self: start; padding: 0; }
.share-images { display: flex; flex-wrap: wrap; gap: 16px 24px; }
.share-images figure { display: flex; flex: 1 1 180px; flex-direction: column; gap: 8px; margin: 0; }
.share-images figure:first-child { flex: 3 1 300px; }
.share-images button { align-self: start; }
#share-image {
  width: 100%;
  height: 200px;
  border-radius: 6px;
  background: color-mix(in srgb, var(--ink) 6%, transparent);
  object-fit: contain;
}
#share-code { width: 180px; height: 180px; border-radius: 6px; image-rendering: pixelated; }
.share-missing {
  padding: 12px 16px;
  border: 1px solid color-mix(in srgb, var(--ink) 24%, transparent);
  border-left: 4px solid var(--accent);
  border-radius: 8px;
}
.share-missing ul { display: grid; gap: 8px; margin: 0; padding: 0 0 0 20px; }
.share-missing button { display: block; margin: 8px 0 0; }
.share-choices { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; margin: 0 0 12px; }
.share-choice { flex: 1 1 190px; min-width: 0; }
.share-check { display: flex; gap: 8px; align-items: center; min-height: 40px; }
.share-note { margin: 0 0 12px; font-size: 14px; opacity: 0.85; }
.share-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 12px; }
#share-preview { aspect-ratio: 16 / 10; max-width: 640px; overflow: hidden; margin: 0 0 12px; }
#share-preview iframe {
  box-sizing: border-box;
  width: 640px;
  height: 400px;
  border: 1px solid color-mix(in srgb, var(--ink) 24%, transparent);
  border-radius: 8px;
  transform-origin: 0 0;
}
.share-sketch { display: flex; gap: 8px; box-sizing: border-box; height: 100%; padding: 8px; border: 1px dashed currentColor; border-radius: 8px; }
.share-sketch span { display: grid; flex: 1; place-items: center; min-height: 0; border-radius: 6px; background: color-mix(in srgb, var(--ink) 10%, transparent); }
.share-sketch span[data-part=plane] { flex: 2; }
#share-dialog details { margin: 0 0 12px; }
#share-dialog summary { padding: 8px 0; cursor: pointer; }
.share-foot { display: flex; justify-content: flex-end; }
`;

export function adoptStyle() {
  if (sheet && document.adoptedStyleSheets.includes(sheet)) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
}
let sheet = null;
