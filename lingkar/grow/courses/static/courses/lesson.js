// What is done in a lesson waits on the phone until the server has it. Every page works without this file.

const box = document.querySelector("form[data-outbox]");
const line = document.querySelector("[data-outbox-line]");
const KEY = `belajar:${box.dataset.whose}`;
const BATCH = 100;
let memory = null;
const load = () => {
  try {
    return memory ?? JSON.parse(localStorage.getItem(KEY) || "[]");
  } catch {
    return [];
  }
};
const store = (events) => {
  try {
    events.length ? localStorage.setItem(KEY, JSON.stringify(events)) : localStorage.removeItem(KEY);
    memory = null;
  } catch {
    memory = events; // a phone without room keeps it as long as the page is open
  }
};
const uuid = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
};
const say = (words, kind) => {
  line.hidden = false;
  const said = line.querySelector("[data-said]");
  said.className = `saved ${kind}`;
  said.lastElementChild.textContent = words;
};

let sending = null;
let tries = 0;
let pending = box.dataset.waiting;
let timer = 0;
const later = () => {
  clearTimeout(timer);
  timer = setTimeout(send, Math.min(30000, 1000 * 2 ** tries++));
};
const post = async (events) => {
  const answer = await fetch(box.dataset.outbox, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": box.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ events }),
    redirect: "manual",
    signal: AbortSignal.timeout?.(20000),
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) return { signedOut: true };
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};
// One at a time, in order. What the answer names is committed; the rest stays here.
async function flush() {
  for (let events = load(); events.length; events = load()) {
    const told = await post(events.slice(0, BATCH));
    if (told.signedOut) return say(box.dataset.signedOut, "bad");
    const gone = new Set([...told.kept, ...Object.keys(told.refused)]);
    if (!gone.size) throw new Error("nothing was taken");
    store(load().filter((event) => !gone.has(event.key)));
    const [no] = Object.values(told.refused);
    no ? say(no, "bad") : say(box.dataset.saved.replace("{at}", told.at), "good");
  }
  tries = 0;
  document.dispatchEvent(new Event("outbox-empty"));
}
function send() {
  if (!load().length) return Promise.resolve();
  sending ??= flush()
    .catch(() => {
      say(pending, "warn");
      later();
    })
    .finally(() => (sending = null));
  return sending;
}
const put = (event) => {
  store([...load(), { key: uuid(), at: Date.now(), ...event }]);
  if (!navigator.onLine) say(box.dataset.waiting, "warn");
};
addEventListener("online", () => {
  tries = 0;
  send();
});
document.addEventListener("visibilitychange", send);
send();

const page = document.querySelector("[data-lesson]");
if (page) {
  const lesson = page.dataset.lesson;
  const done = (section) => section.setAttribute("data-done", "");
  const show = (form, choice) => {
    for (const why of form.querySelectorAll("[data-why]")) why.hidden = why.dataset.why !== String(choice);
    if (form.querySelector(`[data-right][data-why="${choice}"]`)) done(form.closest("[data-block]"));
  };

  // Words whose end came into view were read.
  let wait = 0;
  const watcher = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      const section = target.parentElement;
      if (!isIntersecting || section.hasAttribute("data-done")) continue;
      watcher.unobserve(target);
      done(section);
      put({ lesson, block: section.dataset.block });
      clearTimeout(wait);
      wait = setTimeout(send, 2000);
    }
  });
  for (const section of page.querySelectorAll("[data-block]:not([data-done], [data-kind=check])")) {
    section.append(document.createElement("span"));
    watcher.observe(section.lastElementChild);
  }

  for (const form of page.querySelectorAll("[data-check]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      const { value } = form.elements.pilihan;
      if (!value) return say(form.dataset.choose, "warn");
      show(form, value);
      put({ lesson, block: form.dataset.check, choice: Number(value) });
      send();
    });
  }
  // Answers that still wait here are shown as they were given.
  for (const event of load().filter((one) => one.lesson === lesson && one.choice !== undefined)) {
    const form = page.querySelector(`[data-check="${CSS.escape(event.block)}"]`);
    if (!form) continue;
    form.elements.pilihan.value = event.choice;
    show(form, event.choice);
  }

  const finish = page.querySelector("[data-finish]");
  const onwards = () => (location.href = finish.dataset.finish);
  finish.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    put({ lesson, block: "" });
    const open = page.querySelector("[data-kind=check]:not([data-done])");
    if (open) {
      open.scrollIntoView({ block: "center" });
      say(finish.dataset.open, "warn");
      return send();
    }
    await send();
    if (!load().length) return onwards();
    pending = box.dataset.read;
    say(pending, "warn");
    document.addEventListener("outbox-empty", onwards, { once: true });
  });

  if (page.dataset.resume && !location.hash) {
    document.getElementById(`b-${page.dataset.resume}`)?.scrollIntoView({ block: "start", behavior: "instant" });
  }
}
