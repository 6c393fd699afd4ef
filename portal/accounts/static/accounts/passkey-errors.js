// Says in words why the browser could not use a passkey. The words come from the page (data-passkey-error).
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const button = document.querySelector("#passkey_login, #mfa_webauthn_authenticate, #mfa_webauthn_add, #mfa_webauthn_reauthenticate");
  if (!button) return;
  let note = document.querySelector("[data-passkey-note]");
  if (!note) {
    note = document.createElement("p");
    note.setAttribute("data-passkey-note", "");
    note.setAttribute("role", "alert");
    button.after(note);
  }
  const aborted = event.detail.exception?.name === "NotAllowedError";
  const english = document.documentElement.lang.startsWith("en");
  if (aborted) note.textContent = english ? "Cancelled, or no matching passkey on this device." : "Abgebrochen, oder auf diesem Gerät gibt es keinen passenden Passkey.";
  else note.textContent = english ? "The passkey could not be used. Please choose another way." : "Der Passkey ließ sich nicht benutzen. Bitte wählen Sie einen anderen Weg.";
});
