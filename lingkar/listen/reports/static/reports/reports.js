// Comforts of the report form. Every page works without this file.

// The place where the phone is, when its owner asks for it.
const locate = document.querySelector("[data-locate]");
if (locate && navigator.geolocation) {
  const { latitude, longitude } = locate.closest("form").elements;
  const word = locate.querySelector("[role=status]");
  const say = (key) => (word.textContent = word.dataset[key]);
  locate.hidden = false;
  if (latitude.value) say("found");
  locate.querySelector("button").addEventListener("click", () => {
    say("waiting");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        latitude.value = coords.latitude;
        longitude.value = coords.longitude;
        say("found");
      },
      () => say("failed"),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}

// Who wants to stay unknown leaves nothing on the phone either.
for (const form of document.querySelectorAll("form[data-forget]")) {
  form.elements[form.dataset.forget].addEventListener("change", ({ target }) => {
    if (target.checked) for (const key of ["laporan", "laporan-tempat"]) localStorage.removeItem(`draf:${key}`);
  });
}

for (const print of document.querySelectorAll("[data-print]")) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
