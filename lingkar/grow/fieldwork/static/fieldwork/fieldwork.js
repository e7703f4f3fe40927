// The logbook without a network. An entry is first kept on the phone (IndexedDB), then sent; it leaves the phone only
// when the server has said that it is saved. The key that the phone makes lets it be sent any number of times.

const form = document.querySelector("form[data-queue]");
const list = document.querySelector("[data-queue-list]");
const model = document.querySelector("template[data-queue-item]");
const AGAIN = 15_000;

// --- what the phone keeps ---
const opened = new Promise((done, failed) => {
  const asked = indexedDB.open("lingkar-lapangan", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("entries", { keyPath: "key" });
    asked.result.createObjectStore("facts");
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});
const within = async (store, mode, act) => {
  const base = await opened;
  return new Promise((done, failed) => {
    const turn = base.transaction(store, mode);
    const asked = act(turn.objectStore(store));
    turn.oncomplete = () => done(asked.result);
    turn.onerror = turn.onabort = () => failed(turn.error);
  });
};
const keep = (entry) => within("entries", "readwrite", (store) => store.put(entry));
const drop = (key) => within("entries", "readwrite", (store) => store.delete(key));
const kept = async (book) => {
  const all = await within("entries", "readonly", (store) => store.getAll());
  return all.filter((entry) => entry.book === book).sort((a, b) => (a.phone_at < b.phone_at ? -1 : 1));
};

// --- what the page shows ---
const card = (entry) => {
  const there = list.querySelector(`[data-key="${entry.key}"]`);
  if (there) return there;
  const made = document.createElement("div");
  made.dataset.key = entry.key;
  made.append(model.content.cloneNode(true));
  made.querySelector("[data-words]").textContent = entry.words;
  made.querySelector("[data-photos-count]").hidden = !entry.photos.length;
  made.querySelector("[data-count]").textContent = entry.photos.length;
  list.prepend(made);
  return made;
};
const show = (entry, state, words = "") => {
  const made = card(entry);
  for (const part of made.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  if (state === "saved") made.querySelector("[data-time]").textContent = words;
  if (state === "refused") made.querySelector("[data-error]").textContent = words;
  made.querySelector("[data-back]").onclick = () => back(entry);
};

// Another tab of the same phone sent it: say so here, too.
const tabs = new BroadcastChannel("lingkar-lapangan");
tabs.onmessage = ({ data }) => {
  const there = list.querySelector(`[data-key="${data.entry.key}"]`);
  if (there) show(data.entry, "saved", data.saved);
};

// --- sending ---
let token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
const freshToken = async () => {
  const answer = await fetch("/lapangan/kunci/", { headers: { Accept: "application/json" } });
  if (answer.redirected || !answer.ok) return false;
  token = (await answer.json()).token;
  return true;
};
const post = (entry) => {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  for (const name of ["key", "words", "place", "phone_at"]) body.append(name, entry[name]);
  entry.photos.forEach((photo, number) => body.append("photos", photo, `foto-${number + 1}.jpg`));
  return fetch(`/lapangan/${entry.book}/`, { method: "POST", body, headers: { Accept: "application/json" } });
};
const isJson = (answer) => (answer.headers.get("Content-Type") || "").includes("json");
// Sends one entry; whether the next one may be tried.
const send = async (entry) => {
  show(entry, "sending");
  let answer;
  try {
    if (!token && !(await freshToken())) return show(entry, "login"), false;
    answer = await post(entry);
    if (answer.status === 403 && (await freshToken())) answer = await post(entry);
  } catch {
    show(entry, "waiting");
    return false;
  }
  if (answer.ok && isJson(answer)) {
    const { saved } = await answer.json();
    await drop(entry.key);
    show(entry, "saved", saved);
    tabs.postMessage({ entry: { ...entry, photos: [] }, saved });
    return true;
  }
  if (answer.status === 422 && isJson(answer)) {
    const { error } = await answer.json();
    await keep({ ...entry, refused: error });
    show(entry, "refused", error);
    return true;
  }
  const signedOut = answer.redirected || [401, 403, 404].includes(answer.status);
  show(entry, signedOut ? "login" : "waiting");
  return false;
};
let busy = false;
const flush = async () => {
  const book = form.dataset.queue;
  if (busy || !book) return;
  busy = true;
  try {
    const entries = await kept(book);
    for (const entry of entries) entry.refused ? show(entry, "refused", entry.refused) : show(entry, "waiting");
    for (const entry of entries.filter((one) => !one.refused)) if (!(await send(entry))) break;
    const left = (await kept(book)).filter((one) => !one.refused).length;
    if (left) setTimeout(flush, AGAIN);
  } finally {
    busy = false;
  }
};

// --- writing ---
const write = async (event) => {
  const { words, place, photos, key } = form.elements;
  if (!words.value.trim() && !photos.files.length) return; // the server says what is missing
  event.preventDefault();
  const entry = {
    key: key.value || crypto.randomUUID(),
    book: form.dataset.queue,
    words: words.value,
    place: place.value,
    photos: [...photos.files],
    phone_at: new Date().toISOString(),
  };
  if (form.hasAttribute("data-keeping")) return; // a double tap is one entry
  form.setAttribute("data-keeping", "");
  try {
    await keep(entry);
  } catch {
    form.removeAttribute("data-keeping");
    form.removeEventListener("submit", write); // no room on the phone: the browser sends it as any form
    form.requestSubmit();
    return;
  }
  form.reset();
  key.value = crypto.randomUUID();
  if (form.dataset.draft) localStorage.removeItem(`draf:${form.dataset.draft}`);
  form.removeAttribute("data-keeping");
  show(entry, "waiting");
  list.firstElementChild.scrollIntoView({ block: "nearest" });
  await flush();
};
const back = async (entry) => {
  await drop(entry.key);
  form.elements.words.value = entry.words;
  form.elements.place.value = entry.place;
  const box = new DataTransfer();
  entry.photos.forEach((photo) => box.items.add(photo instanceof File ? photo : new File([photo], "foto.jpg", { type: photo.type })));
  form.elements.photos.files = box.files;
  form.elements.photos.dispatchEvent(new Event("change"));
  list.querySelector(`[data-key="${entry.key}"]`)?.remove();
  form.elements.words.focus();
};

// --- where it begins ---
const begin = async () => {
  const shell = document.querySelector("[data-shell]");
  if (shell) {
    const book = await within("facts", "readonly", (store) => store.get("book"));
    shell.hidden = !book;
    document.querySelector("[data-shell-none]").hidden = Boolean(book);
    form.dataset.queue = book || "";
  } else {
    await within("facts", "readwrite", (store) => store.put(form.dataset.queue, "book"));
  }
  form.elements.key.value = crypto.randomUUID(); // a page that came back from the history has an old one
  form.addEventListener("submit", write);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  await flush();
};
if (form && window.indexedDB && crypto.randomUUID) begin().catch(() => {});
