/* Menus are <details>; without this script they open and close by their own button.
 *
 *   .rk-pop     a menu over the page: closed by Escape, by a click elsewhere, and when the focus goes elsewhere.
 *   .rk-bukan   a small form in its place: closed by Escape; what was typed stays.
 *
 * Escape puts the focus back on the button. A row of tabs wider than the screen (.rk-views) begins at the current one.
 */
"use strict";
(() => {
  function leave(event) {
    for (const menu of document.querySelectorAll("details.rk-pop[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  }

  for (const tab of document.querySelectorAll(".rk-views > [aria-current]")) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - 24;
  }

  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
    const menu = event.target.closest?.("details.rk-pop[open], details.rk-bukan[open]") || document.querySelector("details.rk-pop[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
