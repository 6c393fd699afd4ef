/* <textarea data-draft="key">: what is typed stays in this browser until the form is sent, also over a reload or the way to sign in. */
const PREFIX = "entwurf:";

for (const field of document.querySelectorAll("[data-draft]")) {
  const key = PREFIX + field.dataset.draft;
  try {
    if (!field.value) field.value = localStorage.getItem(key) ?? "";
    field.addEventListener("input", () => {
      if (field.value) localStorage.setItem(key, field.value);
      else localStorage.removeItem(key);
    });
    field.form?.addEventListener("submit", () => {
      if (!("draftKeep" in field.dataset)) localStorage.removeItem(key);
    });
  } catch {
    /* no storage: the field works as any other */
  }
}
