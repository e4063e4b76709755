// A display for browsers that need one: an X server without a monitor, on the first free display number.
import {spawn} from 'node:child_process';

export async function openDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1600x1400x24', '-nolisten', 'tcp'], {stdio: ['ignore', 'pipe', 'ignore']});
  const number = await new Promise((done, failed) => {
    let said = '';
    server.on('error', failed);
    server.on('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)));
    server.stdout.on('data', (text) => (said += text).endsWith('\n') && done(said.trim()));
  });
  return {name: `:${number}`, close: () => server.kill()};
}
