/* Logging in again without leaving the form: opens the dialog when static/js/typed.js finds the session ended, sends
 * e-mail and password to the ordinary log-in (its limits hold), asks who is there now, and lets the saving go on with a
 * fresh token ("typed:again"). Only the person the page belongs to may go on.
 */
"use strict";
(() => {
  const dialog = document.getElementById("typed-login");
  if (!dialog) return;
  const words = dialog.dataset;
  const wrong = dialog.querySelector("[data-wrong]");
  const [email, password] = dialog.querySelectorAll("input");
  let address = "";

  function say(text) {
    wrong.textContent = text;
    wrong.hidden = !text;
  }
  const otherWord = () => words.other.replace("{email}", words.email);

  async function whoIsThere() {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.headers.get("content-type")?.includes("json") ? answer.json() : null;
  }
  const isSame = (there) => there?.orang === document.body.dataset.person;
  function goOn(there) {
    password.value = "";
    say("");
    if (dialog.open) dialog.close();
    document.dispatchEvent(new CustomEvent("typed:again", { detail: { token: there.token } }));
  }
  const page = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const posted = (to, fields) => fetch(to, { method: "POST", body: new URLSearchParams(fields) });

  async function logIn() {
    let there = await whoIsThere();
    if (isSame(there)) return goOn(there);
    if (there) await posted(words.leave, { csrfmiddlewaretoken: there.token });
    const form = await page(await fetch(words.address));
    const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await posted(words.address, { csrfmiddlewaretoken: token, login: email.value, password: password.value });
    there = await whoIsThere();
    if (isSame(there)) return goOn(there);
    if (there) return say(otherWord());
    const refused = await page(answer);
    return say(refused.querySelector(".alert-danger, .invalid-feedback")?.textContent.trim() || words.failed);
  }
  async function enter() {
    try {
      await logIn();
    } catch {
      say(words.failed);
    }
  }

  document.addEventListener("typed:ended", async (event) => {
    address = event.detail.form.dataset.typedForm;
    try {
      const there = await whoIsThere();
      if (isSame(there)) return goOn(there); /* the token alone was stale, or another tab has logged in */
    } catch {
      /* no connection: the dialog waits */
    }
    say(event.detail.word ? otherWord() : "");
    if (!dialog.open) dialog.showModal();
    password.focus();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type === "button") return;
    event.preventDefault();
    enter();
  });
  dialog.querySelector("[data-enter-again]").addEventListener("click", enter);
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  for (const kind of ["input", "change", "focusout"]) dialog.addEventListener(kind, (event) => event.stopPropagation());
})();
