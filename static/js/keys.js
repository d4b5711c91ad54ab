/* Keyboard shortcuts. Rooms only put attributes on real links, buttons and rows:
 *
 *   data-key="g"          this link or button is pressed by the key; also "/", "1".."6", "=", "u", "ctrl+enter".
 *                         "/" puts the cursor into the field instead. "j" and "k" may stand on links (next, previous).
 *   data-row              a row of a list: j and k move between rows, x ticks its checkbox, Enter opens its first link.
 *   data-key-word="..."   the word in the list of "?", where the control's own text would not do.
 *
 * Single keys work only outside fields; Ctrl+Enter works inside them too. The script is not loaded at all for people
 * who turned shortcuts off in their profile (WCAG 2.1.4).
 */
"use strict";
(() => {
  const typing = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]";
  const named = (key) => [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && isUsable(one));
  const isUsable = (one) => !one.disabled && one.getClientRects().length > 0;
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length > 0);
  const current = () => document.querySelector("[data-row].rk-fokus");

  function press(control) {
    if (control.matches(typing)) {
      control.focus();
      control.select?.();
    } else {
      control.click();
    }
  }

  function move(step) {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    current()?.classList.remove("rk-fokus");
    next.classList.add("rk-fokus");
    const target = next.querySelector("a[href]") || next;
    if (target === next) next.tabIndex = -1;
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  const onRows = {
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const box = current()?.querySelector("input[type=checkbox]");
      box?.click();
      return Boolean(box);
    },
    Enter: () => {
      if (!current() || document.activeElement.closest("a, button, summary")) return false;
      const link = current().querySelector("a[href]");
      link?.click();
      return Boolean(link);
    },
  };

  function list() {
    const dialog = document.getElementById("shortcuts");
    const [next, previous, select, open] = dialog.dataset.rowWords.split("|");
    const words = rows().length ? [["j", next], ["k", previous], ["x", select], ["Enter", open]] : [];
    for (const one of document.querySelectorAll("[data-key]")) {
      if (!isUsable(one)) continue;
      const own = [...one.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("");
      const word = one.dataset.keyWord || one.getAttribute("aria-label") || own.trim() || dialog.dataset.searchWord;
      words.push([one.dataset.key, word]);
    }
    words.push(["?", document.getElementById("shortcuts-title").textContent]);
    dialog.querySelector("[data-key-list]").replaceChildren(...words.map(([key, word]) => {
      const row = document.createElement("tr");
      row.insertCell().append(Object.assign(document.createElement("kbd"), { textContent: key }));
      row.insertCell().textContent = word;
      return row;
    }));
    dialog.showModal();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    const inField = event.target.matches?.(typing);
    if (event.ctrlKey) {
      const control = event.key === "Enter" && named("ctrl+enter");
      if (control) {
        event.preventDefault();
        press(control);
      }
      return;
    }
    if (inField || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const control = named(key);
    const done = control ? (press(control), true) : key === "?" ? list() : Boolean(onRows[key]?.());
    if (done) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) {
      event.preventDefault();
      list();
    }
  });
})();
