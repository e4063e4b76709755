// Types of latent-loom.js: the explorer as an element for any page.

/** What the frame says of itself. */
export interface LoomReport {
  /** Name of the model that is seen, as in the manifest. */
  model: string;
  /** The view as in every link, without '#': "m=fashion-conv-vae-2d&z=0.3,-1.2&overlay=holes". */
  state: string;
  /** The place that is decoded, on the plane that is seen. */
  z: [number, number];
  /** What a screen reader says of it. */
  spoken: string;
  /** Nothing is drawn now. */
  paused?: boolean;
}

export interface LoomModel { name: string; title: string }

export interface LoomEventMap {
  /** The first model is seen. */
  ready: CustomEvent<{models: LoomModel[]; model: string; state: string; z: [number, number]}>;
  /** Something failed, here or in the frame; code as in messages.js. */
  error: CustomEvent<{message: string; code?: string}>;
  /** z is somewhere else; at most once per frame that is drawn. */
  z: CustomEvent<{z: [number, number]}>;
  /** Something has changed and then been quiet for a moment. */
  state: CustomEvent<LoomReport>;
  /** Somebody pressed Escape in the explorer; the focus has left it. */
  left: CustomEvent<Record<string, never>>;
}

/**
 * Attributes: model, z ("0.3,-1.2"), overlay, tool, theme ("light" or "dark"), hide and lock (names of
 * src/explorer/state/parts.cpp: "header,legend", "all,-plane,-garment"), state (all of it as a link; the attributes before
 * have precedence), poster (a picture to see until the explorer is there), loading ("lazy", when it comes near the
 * window; "eager"; "click", when somebody asks for it). Changes take effect at once.
 */
export class LatentLoom extends HTMLElement {
  /** Loads the frame now, whatever `loading` says. */
  load(): void;
  /** What is seen now. Waits until the explorer is ready; rejects if it does not start. */
  get(): Promise<LoomReport>;
  /** Changes what is seen, whatever is locked for the visitor. A model that the state asks for may come later. */
  set(change: {state?: string; z?: Iterable<number>}): Promise<LoomReport>;
  /** No frame is drawn until resume. */
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
