// Proof of work on <form data-proof='{"algorithm","challenge","salt","maxnumber","signature"}'>: finds the
// number whose SHA-256 with the salt is the challenge and puts it into the field "altcha" (ALTCHA, version 1).
// The form says how far it is in data-state: working, done or failed; the style sheet shows the fitting words.
const form = document.querySelector('form[data-proof]');
const field = form.querySelector('[name=altcha]');
const puzzle = JSON.parse(form.dataset.proof);
const workers = [];
let searching = 0;
let waiting = null;

function finish(state) {
  workers.forEach(worker => worker.terminate());
  form.dataset.state = state;
  if (!waiting) return;
  waiting.removeAttribute('aria-busy');
  form.requestSubmit(waiting);
}

function gaveUp() {
  searching -= 1;
  if (searching === 0) finish('failed');
}

function found(number) {
  const { algorithm, challenge, salt, signature } = puzzle;
  field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  finish('done');
}

// Who presses before the proof is there waits for it; the server's other ways take over if it fails.
form.addEventListener('submit', event => {
  if (form.dataset.state !== 'working') return;
  event.preventDefault();
  event.stopPropagation();
  waiting = event.submitter || form.querySelector('button:not([type=button])');
  waiting.setAttribute('aria-busy', 'true');
});

form.dataset.state = 'working';
try {
  const count = Math.min(4, navigator.hardwareConcurrency || 1);
  for (let first = 0; first < count; first += 1) {
    const worker = new Worker(new URL('./proof-worker.js', import.meta.url));
    workers.push(worker);
    searching += 1;
    worker.onmessage = ({ data }) => (data < 0 ? gaveUp() : found(data));
    worker.onerror = gaveUp;
    worker.postMessage({ salt: puzzle.salt, challenge: puzzle.challenge, first, step: count, last: puzzle.maxnumber });
  }
} catch {
  finish('failed');
}
