// The page around a frame that trains: it asks by train() and hears by the event `training`.
const element = document.querySelector('latent-loom'), at = (id) => document.getElementById(id);
const start = at('start'), pause = at('pause'), words = at('words');
const losses = [];
let phase = '';

function draw({loss, epochs}) {
  if (!(loss > 0)) return;
  losses.push(loss);
  const low = Math.min(...losses), high = Math.max(...losses, low + 1);
  at('loss').setAttribute('points', losses.map((value, n) => `${100 * n / Math.max(1, losses.length - 1)},${95 - 90 * (value - low) / (high - low)}`).join(' '));
  at('loss').parentElement.setAttribute('aria-label', `The loss so far: from ${losses[0].toFixed(0)} to ${loss.toFixed(0)} nats per image, of ${epochs} epochs`);
}

element.addEventListener('ready', () => {
  start.disabled = false;
  words.textContent = 'Ready. Nothing is sent anywhere: the training runs in this window.';
});
element.addEventListener('error', ({detail}) => { words.textContent = detail.message; });
element.addEventListener('training', ({detail}) => {
  phase = detail.phase;
  pause.disabled = !['running', 'paused'].includes(phase);
  pause.textContent = phase === 'paused' ? 'Go on' : 'Pause';
  if (detail.failure) words.textContent = detail.failure;
  else if (detail.epochs) {
    draw(detail);
    at('progress').value = detail.epoch / detail.epochs;
    words.textContent = `${phase}: epoch ${detail.epoch} of ${detail.epochs}${detail.loss ? `, ${detail.loss.toFixed(1)} nats per image` : ''}`;
  } else if (phase === 'loading') words.textContent = 'The images are being loaded…';
});
start.addEventListener('click', () => {
  losses.length = 0;
  element.train('start');
});
pause.addEventListener('click', () => element.train(phase === 'paused' ? 'goOn' : 'pause'));
