/* Saves what is typed while it is typed (proposals/filing/views/autosave.py is the other side):
 *
 *   <form data-typed-form="address" data-kept="name">   its hidden "dasar" holds the marks of what the boxes held
 *   data-typed="need"                                  a section: its boxes go together, a list of rows is one
 *
 * A section is sent 1.2 s after the last key and at most 2 s after the first one; when the focus has left it, it is sent
 * to be saved for good. Until the server has it, it stands in this browser too (typed-kept.js); typed-boxes.js reads and
 * fills the boxes, typed-said.js says how it goes. Where both changed a field, the server sends both values to choose
 * from. Events for typed-login.js: "typed:ended" when nobody, or somebody else, is logged in; it answers "typed:again"
 * with a fresh token.
 */
"use strict";
(() => {
  const form = document.querySelector("form[data-typed-form]");
  const told = document.getElementById("typed");
  if (!form || !told) return;
  const QUIET = 1200, LONGEST = 2000, LIFE = 20_000;
  const kept = window.typedKept(form.dataset.kept);
  const page = window.typedBoxes(form);
  const { root, nameOf, named, pairsOf } = page;
  const { show, tell, mend, choose } = window.typedSaid(page);
  const marks = JSON.parse(form.elements.dasar.value || "{}");
  const states = new Map();
  let delay = 1000, retry = null, stopped = false, leaving = false, isReady = false, asking = null, lastKey = 0, isOff = false;

  const words = told.dataset;
  function state(name) {
    if (!states.has(name)) states.set(name, { version: 0, sent: 0, first: 0, timer: null, isFlying: false, hasLeft: false, isOpen: false });
    return states.get(name);
  }

  function baseOf(name, pairs) {
    const own = new Set(pairs.map(([box]) => box));
    return JSON.stringify(Object.fromEntries(Object.entries(marks).filter(([lasting]) => own.has(lasting) || lasting.startsWith(`${name}/`))));
  }

  function body(name, pairs, base, isLeft) {
    const sent = new URLSearchParams(pairs);
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.set("orang", document.body.dataset.person);
    sent.set("bagian", name);
    sent.set("dasar", base);
    if (isLeft) sent.set("selesai", "1");
    return sent;
  }
  async function send(name, pairs, base, isLeft) {
    try {
      const answer = await fetch(form.dataset.typedForm, {
        method: "POST", body: body(name, pairs, base, isLeft), redirect: "manual", signal: AbortSignal.timeout(20_000) });
      return await judged(answer);
    } catch {
      return null;
    }
  }
  async function judged(answer) {
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
      return end("");
    }
    const found = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    if (answer.ok) return found;
    if (found.lain) return end(found.lain);
    if (found.tertutup) {
      stopped = true;
      show("typed-trouble", found.tertutup);
    }
    return null;
  }
  function end(word) {
    stopped = true;
    show("typed-trouble", word);
    if (!asking) ask(word);
    return null;
  }
  /* The dialog waits for a pause: it must not take the keys of somebody who is typing. */
  function ask(word) {
    const rest = lastKey + QUIET - Date.now();
    asking = rest > 0 ? setTimeout(ask, rest, word) : null;
    if (!asking) document.dispatchEvent(new CustomEvent("typed:ended", { detail: { word, form } }));
  }

  function touch(name) {
    const one = state(name);
    one.version += 1;
    lastKey = Date.now();
    one.isOpen = true;
    one.first ||= Date.now();
    const pairs = pairsOf(name);
    one.isKept = kept.write(name, pairs, baseOf(name, pairs));
    clearTimeout(one.timer);
    one.timer = setTimeout(post, Math.max(0, Math.min(QUIET, one.first + LONGEST - Date.now())), name);
    if (!stopped && !retry) tell(words.saving);
  }
  async function post(name) {
    const one = state(name);
    if (leaving) return;
    if (stopped) return offline();
    if (one.isFlying) return;
    clearTimeout(one.timer);
    if (!isReady) {
      one.timer = setTimeout(post, 300, name);
      return;
    }
    const version = one.version, isLeft = one.hasLeft, pairs = pairsOf(name);
    one.isFlying = true;
    one.first = 0;
    const answer = await send(name, pairs, baseOf(name, pairs), isLeft);
    one.isFlying = false;
    if (!answer) {
      offline();
      return again();
    }
    delay = 1000;
    one.sent = version;
    if (isLeft && version === one.version) one.hasLeft = false;
    kept.drop(name, pairs);
    apply(answer, name, new Map(pairs), isLeft && version === one.version);
    if (one.version > version || (one.hasLeft && !isLeft)) await post(name);
  }
  function offline() {
    const isSafe = [...states.values()].every((one) => one.version === one.sent || one.isKept);
    isOff = true;
    tell(isSafe ? words.offline : words.unkept);
  }
  function again() {
    if (retry || stopped) return;
    retry = setTimeout(all, delay);
    delay = Math.min(delay * 2, 30_000);
  }
  async function all() {
    clearTimeout(retry);
    retry = null;
    for (const [name, one] of states) if (name && (one.version > one.sent || one.hasLeft)) await post(name);
    if (!retry && !stopped && states.size) await life();
  }
  async function life() {
    const answer = await send("", [], "{}", false);
    if (!answer) return offline();
    apply(answer, "", new Map(), false);
    delay = 1000;
  }

  function apply(answer, name, sent, wasLeft) {
    show("typed-others", answer.rekan?.join("; "));
    const waits = [...states.values()].some((one) => one.version > one.sent);
    if (!waits && (name || isOff)) tell(words.saved.replace("{time}", answer.pukul));
    isOff = false;
    if (!name || answer.salah === undefined) return;
    mend(name, answer.salah);
    choose(name, answer.pilihan);
    for (const entry of answer.isi || []) settle(entry, sent);
    form.elements.dasar.value = JSON.stringify(marks);
    if (answer.usang) document.getElementById("typed-stale").hidden = false;
    if (answer.tersimpan && wasLeft) state(name).isOpen = false;
    if (!answer.tersimpan && !waits) tell(words.waiting);
    document.dispatchEvent(new CustomEvent("typed:saved", { detail: { name, isSaved: answer.tersimpan } }));
  }
  function settle([box, lasting, text, mark, isTheirs], sent) {
    const [field] = named(box);
    if (!field || !page.isSameRow(box, sent)) return;
    const now = page.valueOf(box);
    const isUntouched = sent.has(box) ? now === sent.get(box) : field !== document.activeElement && !state(nameOf(field)).isOpen;
    if (isUntouched && now !== text) page.fill(box, text);
    field.classList.remove("is-invalid");
    if (lasting && (isUntouched || !isTheirs)) marks[lasting] = mark;
  }

  function leave(name) {
    const one = state(name);
    if (!one.isOpen) return;
    one.hasLeft = true;
    post(name);
  }
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      const name = nameOf(event.target);
      if (!name || event.target.name === "kode_cari" || event.target.type === "file") return;
      touch(name);
      if (event.target.closest("[data-clash]")) leave(name);
    });
  }
  document.addEventListener("focusout", (event) => {
    const name = nameOf(event.target);
    if (!name) return;
    setTimeout(() => {
      if (document.hasFocus() && nameOf(document.activeElement) !== name) leave(name);
    });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const name = event.target.dataset?.typed;
    if (name && form.contains(event.target)) touch(name);
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault(); // the browser's page of errors would hide that the text is kept here
      return offline();
    }
    leaving = true;
    for (const [name] of states) if (name && state(name).version > state(name).sent) touch(name);
  });
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("online", all);
  document.addEventListener("visibilitychange", () => (document.hidden ? all() : life()));
  window.addEventListener("pagehide", () => {
    if (leaving || stopped) return;
    for (const [name, one] of states) {
      if (!name || one.version === one.sent) continue;
      const pairs = pairsOf(name);
      navigator.sendBeacon?.(form.dataset.typedForm, body(name, pairs, baseOf(name, pairs), false));
    }
  });
  document.addEventListener("typed:again", (event) => {
    for (const one of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = event.detail.token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": event.detail.token }));
    stopped = false;
    show("typed-trouble", "");
    all();
  });

  function offer() {
    const found = Object.entries(kept.old).filter(([name, one]) => root(name) && JSON.stringify(one.pairs) !== JSON.stringify(pairsOf(name)));
    if (!found.length) return kept.dropOld();
    const bar = document.getElementById("typed-offer");
    const text = bar.querySelector("div").firstChild;
    const at = new Date(Math.max(...found.map(([, one]) => one.at)));
    const time = at.toLocaleTimeString("id", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Makassar" });
    text.textContent = text.textContent.replace("{time}", `${time} WITA`);
    bar.hidden = false;
    bar.querySelector("[data-drop]").addEventListener("click", () => {
      kept.dropOld();
      bar.hidden = true;
    });
    bar.querySelector("[data-use]").addEventListener("click", async () => {
      await all();
      for (const [name, one] of found) {
        if (!(await send(name, one.pairs, one.base, false))) return offline();
        kept.dropOld(name);
      }
      leaving = true;
      window.location.assign(window.location.pathname);
    });
  }
  /* A page that was on its way while the last keys were sent does not show them: it is opened once more. */
  async function begin() {
    const last = "typed-opened";
    try {
      const answer = await fetch(form.dataset.typedForm, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
      const now = answer.ok ? (await answer.json()).keadaan : form.dataset.state;
      const isOld = form.dataset.state && now !== form.dataset.state && sessionStorage.getItem(last) !== now;
      if (isOld) {
        sessionStorage.setItem(last, now);
        leaving = true;
        window.location.replace(window.location.pathname);
        return;
      }
    } catch {
      /* offline: the first answer tells */
    }
    isReady = true;
    form.dataset.ready = "1";
    life();
  }
  for (const name of (form.dataset.unsaved || "").split(" ").filter(Boolean)) state(name).isOpen = true;
  offer();
  setInterval(() => document.hidden || stopped || retry || life(), LIFE);
  begin();
})();
