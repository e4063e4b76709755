// Shows the images that the module draws on the CPU when there is no WebGL 2: on the canvas or, while that still
// belongs to a lost WebGL context, on a second canvas over it (the sheet).

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
    // The canvas whose pixels are visible.
    get seen() { return context?.canvas ?? canvas; },
    // Call when WebGL has been restored.
    remove() {
      if (!context || context.canvas === canvas) return;
      context.canvas.remove();
      context = null;
    },
  };
}
