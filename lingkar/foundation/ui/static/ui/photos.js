// Photos of a form with ``data-shrink`` (the longest side in pixels; 2000 when it says nothing).

// Photos are made smaller on the phone, which saves data and leaves out where and when they were taken.
const shrink = async (file, longest) => {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
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
  const longest = Number(form.dataset.shrink) || 2000;
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
    chosen = [...chosen, ...(await Promise.all(fresh.map((file) => shrink(file, longest))))];
    buttons.forEach((button) => (button.disabled = false));
    show();
  });
  form.addEventListener("reset", () => {
    chosen = [];
    setTimeout(show);
  });
  if (chosen.length) show();
};
document.querySelectorAll("form[data-shrink]").forEach(photos);
