// Small comforts. Every page works without this file.

const all = (selector, root = document) => root.querySelectorAll(selector);

// A double tap sends once. Buttons are disabled only after the browser has read the form, and come back by themselves.
const busy = (form, on) => {
  form.toggleAttribute("data-sent", on);
  for (const button of all("button:not([type=button])", form)) {
    button.disabled = on;
    on ? button.setAttribute("aria-busy", "true") : button.removeAttribute("aria-busy");
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("data-sent")) return event.preventDefault();
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  form.setAttribute("data-sent", "");
  setTimeout(() => busy(form, true));
  setTimeout(() => busy(form, false), 30000);
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => busy(form, false)));

// What was typed survives a closed tab, on this device only, for a day, and never for somebody who wants no traces.
const DAY = 864e5;
const storage = (() => {
  try {
    return localStorage;
  } catch {
    return null;
  }
})();
const draftable = (form) => [...form.elements].filter((e) => e.name && !/hidden|file|password|submit|button/.test(e.type));
const isChoice = (element) => element.type === "checkbox" || element.type === "radio";

const keep = (form, key) => {
  const unless = form.elements[form.dataset.draftUnless];
  if (unless?.checked) return storage.removeItem(key);
  const fields = draftable(form).map((e) => [e.name, e.value, isChoice(e) ? e.checked : null]);
  storage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
};
const bringBack = (form, key) => {
  const draft = JSON.parse(storage.getItem(key) || "null");
  if (!draft || Date.now() - draft.at > DAY) return storage.removeItem(key);
  let restored = false;
  for (const [name, value, checked] of draft.fields) {
    for (const element of draftable(form).filter((e) => e.name === name)) {
      if (checked === null && !element.value && value) {
        element.value = value;
        restored = true;
      }
      if (checked !== null && element.value === value && !form.hasAttribute("data-bound")) element.checked = checked;
    }
  }
  const note = form.querySelector("[data-draft-note]");
  if (restored && note) {
    note.dataset.kept = note.textContent;
    note.textContent = note.dataset.restored;
    note.hidden = false;
  }
};
if (storage) {
  for (const done of all("[data-draft-done]")) storage.removeItem(`draf:${done.dataset.draftDone}`);
  for (const form of all("form[data-draft]")) {
    const key = `draf:${form.dataset.draft}`;
    const note = form.querySelector("[data-draft-note]");
    bringBack(form, key);
    form.addEventListener("input", () => {
      keep(form, key);
      if (!note) return;
      note.textContent = note.dataset.kept ?? note.textContent;
      note.hidden = !storage.getItem(key);
    });
  }
}

// Filters are folded on a phone. On a wide screen they stand open, also where CSS cannot unfold them.
if (matchMedia("(min-width: 40rem)").matches) for (const fold of all("[data-wide-open]")) fold.open = true;

// A code is copied with one tap.
for (const button of all("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.lastElementChild.textContent = button.dataset.done;
  });
}

// Panels of other modules, where htmx is not on the page.
if (!window.htmx) {
  for (const panel of all("[data-panel]")) {
    fetch(panel.dataset.panel, { headers: { "HX-Request": "true" } })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject()))
      .then((html) => (panel.outerHTML = html))
      .catch(() => {});
  }
}

// A short word after a part of the page was exchanged, or could not be.
const toasts = document.querySelector("[data-toasts]");
const say = (text, kind) => {
  const toast = document.createElement("p");
  toast.className = `toast ${kind}`;
  toast.textContent = text;
  toasts.append(toast);
  setTimeout(() => toast.remove(), 8000);
};
if (toasts) {
  document.addEventListener("toast", ({ detail }) => say(detail.text, detail.kind));
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => say(toasts.dataset.failed, "bad"));
  }
}

// On a phone the navigation is one row: the page one is on stands in view.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A menu closes with Escape and when one looks elsewhere.
const menu = document.querySelector("details[data-menu]");
if (menu) {
  document.addEventListener("click", (event) => menu.contains(event.target) || (menu.open = false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A list with ``data-keys``: j and k walk through it, Enter opens, / goes to the search.
const links = [...all("[data-keys] a[href]")];
if (links.length) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const at = links.indexOf(document.activeElement);
    const next = { j: links[at + 1], k: links[at - 1], "/": document.querySelector("main input[type=search], main [role=search] input[name=q]") }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}

// / or Ctrl-K leads to the search: into the box that stands on the page, else to its page.
document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, select, textarea");
  const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (event.defaultPrevented || !(slash || control)) return;
  const box = [...all("main [data-seek] input, [data-seek] input")].find((input) => input.checkVisibility?.() ?? true);
  const link = document.querySelector("a.seek-link, [data-seek-link]");
  if (!box && !link) return;
  event.preventDefault();
  if (!box) return link.click();
  box.focus();
  box.select();
});

// Once registered, the browser itself looks for new versions.
if (navigator.serviceWorker && !navigator.serviceWorker.controller) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
