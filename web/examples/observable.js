// The cells of observable.html.
import {load} from '../loom.js';

const show = (id, text) => { document.getElementById(id).textContent = text; };
const sliders = ['z1', 'z2'].map((id) => document.getElementById(id));

try {
  const model = await load('@fashion-conv-vae-2d.safetensors@', {name: 'fashion-conv-vae-2d', onProgress: (come, all) => show('message', `Loading the model… ${come} of ${all || '?'} bytes`)});
  const {width, height, classNames, encodedCount} = model.info;
  const canvas = Object.assign(document.getElementById('garment'), {width, height}), context = canvas.getContext('2d');
  const pixels = new Float32Array(width * height);

  const draw = () => {
    const z = sliders.map(({value}) => Number(value));
    sliders.forEach((slider) => { slider.nextElementSibling.value = slider.value; });
    model.decode(z, pixels);
    const image = context.createImageData(width, height);
    pixels.forEach((grey, i) => image.data.set([255 * grey, 255 * grey, 255 * grey, 255], 4 * i));
    context.putImageData(image, 0, 0);
    const [place] = model.analyse({z});
    const rows = place.shares.map((share, c) => [classNames[c], share]).filter(([, share]) => share >= 0.01).sort((a, b) => b[1] - a[1]);
    const cells = [...rows.map(([name, share]) => [name, `${Math.round(100 * share)} %`]), ['q(z) / p(z)', (place.density / place.prior).toPrecision(2)],
      ['hole', place.hole ? 'yes' : 'no']];
    document.getElementById('reading').replaceChildren(...cells.flatMap(([name, value]) =>
      [['dt', name], ['dd', value]].map(([tag, content]) => Object.assign(document.createElement(tag), {textContent: content}))));
  };
  sliders.forEach((slider) => slider.addEventListener('input', draw));
  draw();
  show('message', `${model.info.name}, compared with ${encodedCount} encoded test images.`);
} catch (error) {
  show('message', error.message);
}
