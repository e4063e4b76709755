// Links to models that are not loaded yet, each with fields that must not change when the model has been loaded: a view
// that differs from the home view, z outside the home view, pins, an image, a pair, a plane, a frame, an overlay, a
// compared model.
import {manifest} from './server.mjs';

const [{name: first}] = manifest().models;

export const LINKS = {
  'z outside of the home view': 'm=fashion-dense-vae-2d&z=9.5,-8',
  'pins and a view': 'm=fashion-dense-vae-2d&z=0.75,-0.5&v=0.25,0.5,0.75&tool=path&a=-1,0.5&b=1.25,-0.25&path=spherical',
  'an image and a pair': 'm=fashion-conv-ae-2d&z=1,1&v=1,1,2&tool=border&x=123&pair=2,4',
  'a plane and its coordinates': 'm=fashion-dense-vae-10d&z=0.5,-0.25&v=0.25,0,1.5&plane=3,1&w=0.5,0,-0.25,0,0,0,0.75',
  'an overlay and classes': 'm=fashion-sharp-vae-2d&z=0.5,0.25&v=0,0,1.25&overlay=density&c=5,7&marks=0&names=0&theme=dark',
  'a frame of the training': 'm=fashion-beta-1-vae-2d&z=0.25,0.25&v=0.25,0,2&tool=replay&frame=3',
  'a compared model': `m=fashion-beta-4-vae-2d&z=0.25,0.25&v=0.25,0,2&tool=compare&with=${first}&cursor=latent`,
  'what is hidden and locked': 'm=fashion-sharp-vae-2d&z=0.5,0.25&v=0.25,0.25,1&hide=header,legend&lock=model,view',
};
