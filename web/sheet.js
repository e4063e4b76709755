// What the module draws with the processor, where there is no WebGL 2: put onto the canvas or, while a lost WebGL context
// still holds that, onto a sheet over it.

const OPTIONS = {alpha: false, willReadFrequently: true}; // pixels come from memory and go nowhere else

export function makeSheet(canvas) {
  let context = null;
  return {
    show(image) {
      const {width, height} = image;
      if (!context) {
        context = canvas.getContext('2d', OPTIONS);
        if (!context) {
          const sheet = Object.assign(document.createElement('canvas'), {id: 'sheet'});
          sheet.setAttribute('aria-hidden', 'true');
          canvas.after(sheet);
          context = sheet.getContext('2d', OPTIONS);
        }
      }
      const paper = context.canvas;
      if (paper.width !== width || paper.height !== height) Object.assign(paper, {width, height});
      context.putImageData(image, 0, 0);
    },
    // The canvas whose pixels are seen.
    get seen() { return context?.canvas ?? canvas; },
    // WebGL has come back.
    remove() {
      if (!context || context.canvas === canvas) return;
      context.canvas.remove();
      context = null;
    },
  };
}
