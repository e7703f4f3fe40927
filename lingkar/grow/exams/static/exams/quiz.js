// A quiz goes on without a network. Every page works without this file.
// Answers are numbered and kept on the phone until the server says that they are committed.

const page = document.querySelector("[data-quiz]");
const said = page.querySelector("[data-said]");
const form = page.querySelector("[data-turn]");
const say = (words, kind) => {
  said.className = `saved ${kind}`;
  said.lastElementChild.textContent = words;
};

// What waits is read anew each time: another tab of the same attempt writes to it, too.
let paper = null;
let memory = null;
const KEY = `ujian:${page.dataset.attempt}`;
const load = () => {
  try {
    return memory ?? JSON.parse(localStorage.getItem(KEY) || "[]");
  } catch {
    return [];
  }
};
const store = (waiting) => {
  try {
    waiting.length ? localStorage.setItem(KEY, JSON.stringify(waiting)) : localStorage.removeItem(KEY);
    memory = null;
  } catch {
    memory = waiting; // a phone without room keeps them as long as the page is open
  }
};
const name = (one) => `${one.n}:${one.s}`;

// Which phone this is and its highest number: of its own answers the higher number counts, whatever tab gave it.
const PHONE = "ujian:perangkat";
let self = { d: 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % 1999999999), s: 0 };
const recall = () => {
  try {
    self = JSON.parse(localStorage.getItem(PHONE)) ?? self;
  } catch {}
};
recall();
const next = (least) => {
  recall();
  self.s = Math.max(self.s, least) + 1;
  try {
    localStorage.setItem(PHONE, JSON.stringify(self));
  } catch {}
  return self.s;
};
// Of two phones the answer that was given later counts. So each tells for how long it waited: by the counter of this
// page, which stands still while a phone sleeps, or by the phone's clock, unless that was set meanwhile.
const LONGEST = 4 * 3600e3;
const given = new Map();
const waited = (one) => {
  const counted = given.has(name(one)) ? performance.now() - given.get(name(one)) : null;
  const told = Date.now() - one.at;
  return Math.round(told >= 0 && told <= LONGEST ? Math.max(told, counted ?? 0) : (counted ?? LONGEST));
};

let sending = null;
let tries = 0;
let timer = 0;
const later = () => {
  clearTimeout(timer);
  timer = setTimeout(send, Math.min(30000, 1000 * 2 ** tries++));
};
async function flush() {
  for (let waiting = load(); waiting.length; waiting = load()) {
    const batch = waiting.slice(0, 200);
    const answer = await fetch(page.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: paper.token, d: self.d, answers: batch.map((one) => ({ ...one, w: waited(one) })) }),
      credentials: "omit",
      signal: AbortSignal.timeout?.(20000),
    });
    const told = await answer.json();
    if (!answer.ok) return say(told.say, "bad");
    const sent = new Set(batch.map(name));
    store(load().filter((one) => !sent.has(name(one))));
    for (const [n, shown, seq] of told.other || []) {
      paper.seq = Math.max(paper.seq, seq);
      paper.turns[n - 1].chosen = shown < 0 ? null : shown;
      mark(n);
      if (form && n === here && !told.over) draw(n);
    }
    told.say ? say(told.say, "bad") : say(page.dataset.saved.replace("{at}", told.at), "good");
    if (told.over) return setTimeout(() => location.assign(page.dataset.end), 4000);
  }
  tries = 0;
}
function send() {
  if (!paper || !load().length) return Promise.resolve();
  sending ??= flush()
    .catch(() => {
      say(page.dataset.waiting, "warn");
      later();
    })
    .finally(() => (sending = null));
  return sending;
}
addEventListener("online", () => {
  tries = 0;
  send();
});

let here = Number(form?.dataset.turn || 0);
const mark = (n) => page.querySelector(`[data-place="${n}"]`)?.toggleAttribute("data-done", paper.turns[n - 1].chosen !== null);
function draw(n) {
  const turn = paper.turns[n - 1];
  here = n;
  const set = form.querySelector("[data-choices]");
  const model = set.querySelector("label");
  set.querySelector("legend").textContent = turn.stem;
  const labels = turn.options.map((words, place) => {
    const label = model.cloneNode(true);
    const input = label.querySelector("input");
    input.value = place;
    input.checked = place === turn.chosen;
    label.lastElementChild.textContent = words;
    return label;
  });
  set.querySelectorAll("label").forEach((old) => old.remove());
  set.append(...labels);
  for (const link of page.querySelectorAll("[data-place]")) {
    link.dataset.place === String(n) ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current");
  }
  const title = page.dataset.title.replace("{n}", n);
  document.querySelector("h1").textContent = title;
  document.title = `${title} · Lingkar`;
}
const go = (n, push = true) => {
  if (n > paper.turns.length) return location.assign(page.dataset.end);
  draw(n);
  if (push) history.pushState({ n }, "", page.querySelector(`[data-place="${n}"]`).href);
  document.querySelector("main").focus({ preventScroll: true });
  scrollTo(0, 0);
};

const give = (n, shown) => {
  const waiting = load();
  const one = { n, c: shown, s: next(Math.max(paper.seq, ...waiting.map((other) => other.s))), at: Date.now() };
  paper.seq = one.s;
  paper.turns[n - 1].chosen = shown;
  given.set(name(one), performance.now());
  store([...waiting.filter((other) => other.n !== n), one]);
  mark(n);
  if (!navigator.onLine) say(page.dataset.waiting, "warn");
  send();
};

// The time that is left runs on the phone's counter, never by its clock, and is told anew with every page.
const started = performance.now();
const seconds = Number(page.dataset.seconds);
const clock = page.querySelector("span[data-clock]");
const tick = () => {
  const left = Math.max(0, Math.round(seconds - (performance.now() - started) / 1000));
  const words = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (clock) clock.textContent = page.dataset.left.replace("{time}", words);
  if (left) return setTimeout(tick, 1000);
  say(page.dataset.over, "warn");
  send().then(() => load().length || setTimeout(() => location.assign(page.dataset.end), 3000));
};
tick();

const begin = (found) => {
  paper = found;
  const waiting = load();
  for (const one of waiting) {
    paper.turns[one.n - 1].chosen = one.c;
    paper.seq = Math.max(paper.seq, one.s);
    mark(one.n);
  }
  if (waiting.length) say(page.dataset.waiting, "warn");
  send();
  if (!form) return;
  const early = form.querySelector("input:checked");
  if (early && Number(early.value) !== paper.turns[here - 1].chosen) give(here, Number(early.value));
  else if (waiting.some((one) => one.n === here)) draw(here);
};
if (form) {
  form.addEventListener("change", ({ target }) => paper && give(here, Number(target.value)));
  form.addEventListener("submit", (event) => {
    if (!paper) return;
    event.preventDefault();
    go(here + 1);
  });
  page.querySelector("nav").addEventListener("click", (event) => {
    const link = event.target.closest("[data-place]");
    if (!link || !paper || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(Number(link.dataset.place));
  });
  addEventListener("popstate", () => {
    const found = location.pathname.match(/(\d+)\/$/);
    if (paper && found) go(Number(found[1]), false);
  });
}
const handIn = page.querySelector("[data-hand-in]");
handIn?.addEventListener("submit", (event) => {
  if (!load().length) return;
  event.preventDefault();
  event.stopPropagation();
  say(handIn.dataset.wait, "warn");
  send();
});

// Without the paper nothing can be sent: while answers wait here, it is asked for again.
const open = () =>
  fetch(page.dataset.quiz, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json().then(begin) : location.assign(page.dataset.end)))
    .catch(() => {
      if (paper || !load().length) return;
      say(page.dataset.waiting, "warn");
      setTimeout(open, Math.min(30000, 1000 * 2 ** tries++));
    });
open();
