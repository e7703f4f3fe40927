// Keeps one page for the time without a network, and pages of modules that work without one. No page with data is kept.
const CACHE = "{{ version }}";
const OFFLINE = "{{ offline }}";
const SHELLS = { {% for it in shells %}"{{ it.beginning }}": "{{ it.url }}", {% endfor %}};
const KEPT = [OFFLINE, "{% static 'ui/ui.css' %}", ...Object.values(SHELLS), {% for it in assets %}"{{ it }}", {% endfor %}];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const old = (name) => name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});
const instead = (path) => SHELLS[Object.keys(SHELLS).find((beginning) => path.startsWith(beginning))] ?? OFFLINE;
addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  const kept = KEPT.includes(path) ? path : request.mode === "navigate" ? instead(path) : "";
  if (request.method === "GET" && kept) event.respondWith(fetch(request).catch(() => caches.match(kept)));
});
