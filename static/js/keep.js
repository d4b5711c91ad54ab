/* Keeps what is typed until the server has taken it. Rooms only put attributes:
 *
 *   <form data-keep="filing-12">   a name that is the same on every visit and no other form's
 *   data-keep-saves                on a control inside it whose own hx-post saves the whole form
 *   data-keep-now                  on a form that the server answers with figures made of what was typed: these count now
 *
 * The text of its fields stands in this browser under the person's id and that name. It goes when the server answered
 * the POST with a redirect (then it sends the cookie "kept", see proposals/web/middleware.py) or when an htmx POST of
 * the form itself, or of such a control, succeeded. If it is still there on the next visit and differs from what the
 * page shows, it is offered back: put it back, or throw it away. Passwords, files and hidden fields are never kept;
 * nothing is kept for more than seven days. When an htmx request gets no answer, fails, or finds the session ended, the words of
 * templates/parts/_trouble.html say so and go with the next answer.
 */
"use strict";
(() => {
  const DAYS = 7;
  const person = document.body.dataset.person;
  const template = document.getElementById("keep-offer");
  const store = openStore();
  const key = (name) => `keep:${person}:${name}`;
  function openStore() {
    try {
      return window.localStorage;
    } catch {
      return null; /* This browser forbids storage: nothing is kept, every form still works. */
    }
  }

  const forms = () => [...document.querySelectorAll("form[data-keep]")];
  const fields = (form) => [...form.elements].filter((one) => one.name && one.name !== "keep" && !one.disabled
    && !["password", "file", "hidden", "submit", "button", "reset"].includes(one.type));

  function typed(form) {
    return fields(form).map((one) => [one.name, one.value, ["checkbox", "radio"].includes(one.type) ? one.checked
      : one.multiple ? [...one.options].map((option) => option.selected) : null]);
  }

  function read(name) {
    try {
      return JSON.parse(store.getItem(key(name)));
    } catch {
      return null;
    }
  }

  function write(form) {
    const entry = { at: Date.now(), fields: typed(form) };
    try {
      store.setItem(key(form.dataset.keep), JSON.stringify(entry));
    } catch {
      /* The browser's room is full: the page works as it does without this script. */
    }
  }

  const forget = (name) => store?.removeItem(key(name));

  function forgetOld() {
    for (const one of Object.keys(store).filter((name) => name.startsWith("keep:"))) {
      const at = JSON.parse(store.getItem(one) || "{}").at || 0;
      if (Date.now() - at > DAYS * 86_400_000) store.removeItem(one);
    }
  }

  function forgetTaken() {
    const taken = document.cookie.split("; ").find((one) => one.startsWith("kept="));
    if (!taken) return;
    forget(decodeURIComponent(taken.slice(5)).replaceAll('"', ""));
    document.cookie = "kept=; max-age=0; path=/; samesite=lax";
  }

  function place(form, entry, { put }) {
    const all = fields(form);
    const used = new Set();
    const rest = [];
    let differs = false;
    for (const [name, value, state] of entry.fields) {
      const choice = typeof state === "boolean";
      const field = all.find((one) => one.name === name && !used.has(one) && (!choice || one.value === value));
      if (!field) {
        if (value.trim() && !(choice && !state)) rest.push(`${name}: ${value}`);
        continue;
      }
      used.add(field);
      if (choice) {
        differs ||= field.checked !== state;
        if (put) field.checked = state;
      } else if (Array.isArray(state)) {
        [...field.options].forEach((option, n) => {
          differs ||= option.selected !== Boolean(state[n]);
          if (put) option.selected = Boolean(state[n]);
        });
      } else {
        differs ||= field.value !== value;
        if (put) field.value = value;
      }
    }
    return { differs: differs || rest.length > 0, rest };
  }

  function notice(form) {
    const bar = template.content.firstElementChild.cloneNode(true);
    form.before(bar);
    return bar;
  }

  function offer(form, entry, rest) {
    const bar = notice(form);
    const time = bar.querySelector("[data-keep-time]");
    time.dateTime = new Date(entry.at).toISOString();
    time.textContent = new Date(entry.at).toLocaleString(document.documentElement.lang, {
      day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Makassar", timeZoneName: "short" });
    if (rest.length) Object.assign(bar.querySelector("[data-keep-rest]"), { hidden: false, textContent: rest.join("\n") });
    bar.querySelector("[data-keep-take]").addEventListener("click", () => {
      place(form, entry, { put: true });
      bar.remove();
      fields(form)[0]?.focus();
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
    bar.querySelector("[data-keep-drop]").addEventListener("click", () => {
      forget(form.dataset.keep);
      bar.remove();
    });
  }

  function begin(form) {
    if (!form.elements.namedItem("keep")) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "keep", value: form.dataset.keep }));
    }
    const entry = read(form.dataset.keep);
    if (!entry) return;
    if ("keepNow" in form.dataset) {
      write(form);
      return;
    }
    const { differs, rest } = place(form, entry, { put: false });
    if (differs) offer(form, entry, rest);
  }

  if (!person || !template) return;
  const timers = new WeakMap();
  function later(event) {
    const form = event.target.closest?.("form[data-keep]");
    if (!form || !event.isTrusted) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(write, 400, form));
  }
  document.addEventListener("input", later);
  document.addEventListener("change", later);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-keep]")) return;
    clearTimeout(timers.get(form));
    write(form);
  });
  function tell(kind) {
    document.getElementById("trouble-told")?.remove();
    if (!kind) return;
    const bar = document.getElementById("trouble").content.firstElementChild.cloneNode(true);
    bar.id = "trouble-told";
    bar.querySelector(`[data-trouble="${kind}"]`).hidden = false;
    document.getElementById("messages").append(bar);
    bar.scrollIntoView({ block: "nearest" });
  }
  const isSave = (event, form) => form && event.detail.requestConfig?.verb === "post"
    && (event.detail.elt === form || Boolean(event.detail.elt.closest("[data-keep-saves]")));
  const sent = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (!isSave(event, form)) return;
    clearTimeout(timers.get(form));
    write(form);
    sent.set(form, JSON.stringify(typed(form)));
  });
  document.addEventListener("htmx:sendError", () => tell("silent"));
  document.addEventListener("htmx:afterRequest", (event) => {
    const { status } = event.detail.xhr;
    const form = event.target.closest?.("form[data-keep]");
    if (status) tell(status === 401 ? "ended" : status >= 400 && status !== 409 && status !== 422 ? "failed" : "");
    const isTaken = isSave(event, form) && status >= 200 && status < 300;
    if (isTaken && sent.get(form) === JSON.stringify(typed(form))) forget(form.dataset.keep); /* else more was typed since */
  });
  if (!store) return;
  forgetOld();
  forgetTaken();
  forms().forEach(begin);
})();
