// Types of latent-loom.js: the explorer as an element for any page.

/** What the frame reports. */
export interface LoomReport {
  /** Name of the model that is shown, as in build.json. */
  model: string;
  /** The view as in a link, without '#': "m=fashion-conv-vae-2d&z=0.3,-1.2&overlay=holes". */
  state: string;
  /** The point that is decoded, on the plane that is shown. */
  z: [number, number];
  /** Its description for screen readers. */
  spoken: string;
  /** Whether drawing is paused. */
  paused?: boolean;
}

export interface LoomTraining {
  phase: 'kept' | 'loading' | 'starting' | 'running' | 'paused' | 'finished' | 'failed';
  /** Finished epochs, and in all. */
  epoch?: number;
  epochs?: number;
  /** Mean loss of the images of this epoch so far; null before the first. */
  loss?: number | null;
  imagesPerSecond?: number;
  secondsLeft?: number;
  /** A sentence, if the phase is 'failed'. */
  failure?: string;
}

export interface LoomModel { name: string; title: string }

export interface LoomEventMap {
  /** The first model is shown. */
  ready: CustomEvent<{models: LoomModel[]; model: string; state: string; z: [number, number]}>;
  /** Something failed, here or in the frame; the codes are in messages.js. */
  error: CustomEvent<{message: string; code?: string}>;
  /** z has changed; at most once per frame drawn. */
  z: CustomEvent<{z: [number, number]}>;
  /** The view has changed; sent shortly after the last change. */
  state: CustomEvent<LoomReport>;
  /** How far a training is; about four times a second while it runs. */
  training: CustomEvent<LoomTraining>;
  /** The visitor pressed Escape in the explorer, and the focus has left it. */
  left: CustomEvent<Record<string, never>>;
}

/**
 * Attributes: model, z ("0.3,-1.2"), overlay, tool, theme ("light" or "dark"), hide and lock (names of
 * src/explorer/state/parts.cpp: "header,legend", "all,-plane,-decoded"), state (the whole view as a link; the
 * attributes above take precedence), poster (an image to show until the explorer has loaded), loading ("lazy": load
 * when the element comes near the window; "eager": load at once; "click": load when the visitor clicks). Changes take
 * effect at once.
 */
export class LatentLoom extends HTMLElement {
  /** Loads the frame now, regardless of `loading`. */
  load(): void;
  /** The current view. Waits until the explorer is ready; rejects if it does not start. */
  get(): Promise<LoomReport>;
  /**
   * Changes the view, including what is locked for the visitor. May resolve before a model that the state names has
   * been loaded.
   */
  set(change: {state?: string; z?: Iterable<number>}): Promise<LoomReport>;
  /**
   * Asks the tool "Train a model": start what the field `train` of the view says ("train=fashion,small,2,vae"), pause, go
   * on, or train one epoch from a pause. Event `training` tells how far it is. What cannot be done now is ignored.
   */
  train(ask?: 'start' | 'pause' | 'goOn' | 'epoch'): Promise<LoomReport>;
  /** Draws no frames until resume. */
  pause(): void;
  resume(): void;

  readonly ready: boolean;
  readonly paused: boolean;
  readonly models: LoomModel[];
  readonly spoken: string;
  state: string;
  get z(): [number, number];
  set z(z: Iterable<number>);
  model: string;
  /** The attributes of the same names. */
  overlay: string;
  tool: string;
  theme: string;
  hide: string;
  lock: string;
  poster: string;
  loading: 'lazy' | 'eager' | 'click';

  addEventListener<Type extends keyof LoomEventMap>(type: Type, listener: (event: LoomEventMap[Type]) => void,
    options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap { 'latent-loom': LatentLoom }
}
