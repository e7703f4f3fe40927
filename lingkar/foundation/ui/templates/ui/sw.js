// Keeps one page for the time without a network. Pages with data are never kept.
const CACHE = "{{ version }}";
const OFFLINE = "{{ offline }}";
const KEPT = [OFFLINE, "{% static 'ui/ui.css' %}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const old = (name) => name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  const kept = KEPT.includes(path) ? path : request.mode === "navigate" ? OFFLINE : "";
  if (request.method === "GET" && kept) event.respondWith(fetch(request).catch(() => caches.match(kept)));
});
