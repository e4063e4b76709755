// The page around an engine: opens the model, decodes one point, paints it. `firstImage` is when that frame is drawn.
const POINT = [0.3, -1.2];

export async function showFirst(open) {
  const canvas = document.querySelector('canvas');
  const decoder = await open(document.documentElement.dataset.model);
  const pixels = await decoder.decode(Float32Array.from(POINT));
  const side = Math.sqrt(pixels.length), image = new ImageData(side, side);
  canvas.width = canvas.height = side;
  pixels.forEach((value, i) => image.data.set([255 * value, 255 * value, 255 * value, 255], 4 * i));
  canvas.getContext('2d').putImageData(image, 0, 0);
  requestAnimationFrame(() => { window.firstImage = performance.now(); });
}
