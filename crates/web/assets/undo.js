// The button that takes a decision back counts down, and goes when its time is over; what it would do then is refused anyway.
const button = document.querySelector('[data-undo]');
const label = button?.querySelector('span');
const end = performance.now() + 1000 * Number(button?.dataset.undo);
const number = n => n.toLocaleString(document.documentElement.lang === 'fa' ? 'fa-IR' : 'en');

function count() {
  const left = Math.ceil((end - performance.now()) / 1000);
  if (left <= 0) {
    button.closest('form').remove();
    return;
  }
  label.textContent = button.dataset.pattern.replace('#', number(left));
  setTimeout(count, 250);
}
if (button) count();
