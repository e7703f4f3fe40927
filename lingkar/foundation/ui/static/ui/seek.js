// Suggestions under a search box. Without this file Enter opens the page of results.

const WAIT = 140;

for (const form of document.querySelectorAll("form[data-seek]")) {
  const input = form.querySelector("input");
  const found = form.querySelector("[data-found]");
  let timer, asking, said = "";

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    said = "";
    found.replaceChildren();
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words.length < 2) return close();
    if (words === said) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.seek}?${new URLSearchParams({ q: words })}`, { signal: asking.signal });
      if (!answer.ok) return close();
      found.innerHTML = await answer.text();
      said = words;
    } catch {
      // no network, or overtaken by the next letter: Enter still leads to the page
    }
  };
  const step = (event) => {
    const places = [input, ...found.querySelectorAll("a")];
    const at = places.indexOf(document.activeElement);
    const next = { ArrowDown: places[at + 1], ArrowUp: places[at - 1] }[event.key];
    if (!next || places.length < 2) return;
    event.preventDefault();
    next.focus();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return step(event);
    if (!found.childElementCount) return input.blur();
    event.preventDefault();
    close();
    input.focus();
  });
  document.addEventListener("click", (event) => form.contains(event.target) || close());
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !form.contains(relatedTarget) && close());
}
