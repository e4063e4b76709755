// The npm package of dist/npm, as a page that only decodes would use it.
import {load} from 'latent-loom';

export async function open(model) {
  const loaded = await load(`${model}.safetensors`, {part: 'decoder'});
  return {decode: (points) => loaded.decode(points)};
}
