// <rv-passkey>: makes or shows a passkey, and sends its form with what the device answered.
// Shown only where the browser can: without script the page offers other ways.
const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function make(options) {
  const { publicKey } = options;
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
}

async function show(options) {
  const { publicKey } = options;
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
}

function plain({ id, rawId, type, response, authenticatorAttachment, ...rest }, extensions) {
  const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
  const answer = {};
  for (const part of parts) if (response[part]) answer[part] = text(response[part]);
  if (response.getTransports) answer.transports = response.getTransports();
  return { ...rest, id, rawId: text(rawId), type, authenticatorAttachment, response: answer, clientExtensionResults: extensions };
}

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.form = this.querySelector("form");
    this.status = this.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => this.begin(event));
    this.hidden = false;
  }

  async options() {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const response = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return (await response.json()).request_options;
  }

  async begin(event) {
    event.preventDefault();
    this.status.textContent = "";
    try {
      const options = await this.options();
      const given = await (this.dataset.kind === "make" ? make(options) : show(options));
      const credential = plain(given, given.getClientExtensionResults());
      this.form.elements.credential.value = JSON.stringify(credential);
      this.form.submit();
    } catch (error) {
      const cancelled = error.name === "NotAllowedError" || error.name === "AbortError";
      const twice = error.name === "InvalidStateError";
      this.status.textContent = this.dataset[twice ? "twice" : cancelled ? "cancelled" : "failed"];
    }
  }
}

customElements.define("rv-passkey", Passkey);
