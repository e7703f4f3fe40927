// Comforts of the report form. Every page works without this file.

// Photos are made smaller on the phone, which saves data and leaves out where and when they were taken.
const LONGEST = 2000;
const shrink = async (file) => {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return small && small.size < file.size ? new File([small], file.name, { type: small.type }) : file;
  } catch {
    return file;
  }
};

const photos = (form) => {
  const input = form.querySelector("input[type=file]");
  const shelf = form.querySelector("[data-photos]");
  const model = form.querySelector("template[data-photo]").content;
  const pick = form.querySelector("[data-pick]");
  let chosen = [...input.files];
  const show = () => {
    const box = new DataTransfer();
    chosen.forEach((file) => box.items.add(file));
    input.files = box.files;
    shelf.querySelectorAll("[data-new]").forEach((old) => old.remove());
    for (const file of chosen) {
      const item = model.firstElementChild.cloneNode(true);
      const image = item.querySelector("img");
      item.setAttribute("data-new", "");
      image.src = URL.createObjectURL(file);
      item.querySelector("button").onclick = () => {
        chosen = chosen.filter((other) => other !== file);
        show();
        pick.firstElementChild.focus();
      };
      shelf.append(item);
    }
  };
  pick.hidden = false;
  input.hidden = true;
  pick.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const fresh = [...input.files];
    const buttons = form.querySelectorAll("button[type=submit]");
    buttons.forEach((button) => (button.disabled = true));
    chosen = [...chosen, ...(await Promise.all(fresh.map(shrink)))];
    buttons.forEach((button) => (button.disabled = false));
    show();
  });
  if (chosen.length) show();
};
document.querySelectorAll("form[data-shrink]").forEach(photos);

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
