// What is on the canvas, as a picture that printers can have: theirs of WebGL's is empty.

// drawNow(): draws, and gives the canvas that has the picture, or nothing where there is none.
export function printWhatIsSeen(drawNow) {
  const paper = document.body.appendChild(document.createElement('canvas'));
  paper.id = 'paper';
  addEventListener('beforeprint', () => {
    const seen = drawNow();
    if (!seen) return;
    Object.assign(paper, {width: seen.width, height: seen.height});
    paper.getContext('2d').drawImage(seen, 0, 0);
  });
}
