// What is on the canvas, as a picture that printers can have: theirs of WebGL's is empty.
export function printWhatIsSeen(canvas, drawNow) {
  const paper = document.body.appendChild(document.createElement('canvas'));
  paper.id = 'paper';
  addEventListener('beforeprint', () => {
    if (!drawNow()) return;
    Object.assign(paper, {width: canvas.width, height: canvas.height});
    paper.getContext('2d').drawImage(canvas, 0, 0);
  });
}
