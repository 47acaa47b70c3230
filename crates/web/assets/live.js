// News of the desk while somebody looks at it: counts, the bar for new letters, who else has the letter open. It tells and never
// moves what stands there. The server says everything in the reader's words.
const list = document.querySelector('[data-live]');
const NEVER = 300_000;
let source;
let again;
let pause = 1000;
let isOver = false;

const acts = {
  counts(data) {
    const { views, waiting } = JSON.parse(data);
    for (const place of document.querySelectorAll('[data-count]')) {
      const count = views[place.dataset.count];
      if (count !== undefined && place.textContent !== count) place.textContent = count;
    }
    const sign = document.querySelector('[data-waiting]');
    if (sign) {
      sign.hidden = !waiting;
      sign.children[0].textContent = waiting?.[0] ?? '';
      sign.children[1].textContent = waiting?.[1] ?? '';
    }
    if (list.dataset.countsInTitle !== undefined) {
      const bare = document.title.replace(/^\([^)]*\) /, '');
      document.title = waiting ? `(${waiting[0]}) ${bare}` : bare;
    }
  },
  // What stands in the list now; what isn't shown is new. Where the list goes on, what stands below all that is shown came up from its next page;
  // once nothing that is shown is there any more, it is told that others are.
  rows(data) {
    const bar = document.querySelector('[data-anew]');
    if (!bar) return;
    const shown = new Set([...document.querySelectorAll('[data-letter]')].map(row => row.dataset.letter));
    const now = data.split(' ').filter(Boolean);
    const goesOn = document.querySelector('.list a[rel=next]') !== null;
    const last = now.findLastIndex(id => shown.has(id));
    if (goesOn && last < 0 && now.length > 0) {
      bar.textContent = bar.dataset.others;
      bar.hidden = false;
      return;
    }
    const fresh = now.filter((id, at) => !shown.has(id) && (!goesOn || at < last)).length;
    const count = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false }).format(fresh);
    bar.textContent = fresh === 1 ? bar.dataset.one : bar.dataset.many.replace('#', count);
    bar.hidden = fresh === 0;
  },
  presence(data) {
    const place = document.querySelector('[data-looking]');
    if (place) place.textContent = data;
  },
  opened(data) { list.dataset.opened = data; },
  end() { isOver = true; close(); },
};

function open() {
  if (source || isOver || document.hidden) return;
  clearTimeout(again);
  source = new EventSource(list.dataset.live);
  source.onopen = () => {
    pause = 1000;
    list.dataset.open = '';
  };
  // Whoever was sent away comes back later and later, and not all at once.
  source.onerror = () => {
    close();
    again = setTimeout(open, pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, NEVER);
  };
  for (const [name, act] of Object.entries(acts)) source.addEventListener(name, event => act(event.data));
}

function close() {
  clearTimeout(again);
  source?.close();
  source = undefined;
  delete list.dataset.open;
}

// Whoever goes from a letter says so; the mark would last some minutes more.
function leave() {
  close();
  const { leaving, token, opened } = list.dataset;
  if (leaving) navigator.sendBeacon(leaving, new URLSearchParams({ form_token: token, opened }));
}

if (list) {
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', leave);
  addEventListener('pageshow', open);
  open();
}
