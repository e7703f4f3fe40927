// Small comforts. Every page works without this file.

const busy = (form, on) => {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.disabled = on;
    button.toggleAttribute("aria-busy", on);
  }
};

// A double tap sends once. The button is disabled only after the browser has read the form.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") return event.preventDefault();
  if (form.method !== "post" || event.defaultPrevented) return;
  form.dataset.sent = "yes";
  setTimeout(() => busy(form, true));
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    busy(form, false);
  }
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim()));
}
