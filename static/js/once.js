/* A page that makes something keeps its key when one comes back to it, so that "back" and a second press make it once:
 *
 *   <input type="hidden" data-once="name">   the key; this entry of the browser's history remembers the first one
 *
 * The server makes one thing of one key. A new visit is a new entry and has a key of its own.
 */
"use strict";
for (const box of document.querySelectorAll("input[data-once]")) {
  const known = window.history.state?.[box.dataset.once];
  if (known) box.value = known;
  else window.history.replaceState({ ...window.history.state, [box.dataset.once]: box.value }, "");
}
