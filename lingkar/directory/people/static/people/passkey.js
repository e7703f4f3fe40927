// Passkeys. A block with data-passkey shows itself where the browser can do it; its form then carries the answer of
// the device in its hidden field "credential".

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list ?? []).map((item) => ({ ...item, id: bytes(item.id) }));

const forCreation = (asked) => ({
  ...asked,
  challenge: bytes(asked.challenge),
  user: { ...asked.user, id: bytes(asked.user.id) },
  excludeCredentials: ids(asked.excludeCredentials),
  authenticatorSelection: { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
});
const forRequest = (asked) => ({ ...asked, challenge: bytes(asked.challenge), allowCredentials: ids(asked.allowCredentials) });

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
const answered = (key) => ({
  id: key.id,
  rawId: text(key.rawId),
  type: key.type,
  clientExtensionResults: key.getClientExtensionResults(),
  response: Object.fromEntries(PARTS.filter((part) => key.response[part]).map((part) => [part, text(key.response[part])])),
});

async function asked(block) {
  if (!block.dataset.from) return JSON.parse(document.getElementById(block.dataset.options).textContent);
  const response = await fetch(block.dataset.from, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function ceremony(block) {
  const options = await asked(block);
  return block.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: forCreation(options.creation_options.publicKey) })
    : navigator.credentials.get({ publicKey: forRequest(options.request_options.publicKey) });
}

function ready(block) {
  const form = block.querySelector("form");
  const failed = block.querySelector("[data-passkey-failed]");
  block.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answered(await ceremony(block)));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}

if (window.PublicKeyCredential && isSecureContext) {
  document.querySelectorAll("[data-passkey]").forEach(ready);
  document.querySelectorAll("[data-passkey-missing]").forEach((block) => { block.hidden = true; });
}
