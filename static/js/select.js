/* Counts the ticked rows of a list and adds up their amounts. Rooms only put attributes:
 *
 *   <form data-select>                                   around the rows and the bar
 *   <input type="checkbox" data-select-row data-rp="3250000000">   one per row (data-rp may be left out)
 *   <input type="checkbox" data-select-all hidden>       ticks all rows of this page; shown by the script
 *   <output data-select-count data-one="1 chosen" data-many="{n} chosen">   the count in words
 *   <output data-select-sum>                             the sum in rupiah
 *   data-select-bar                                      the bar: hidden while nothing is ticked
 *   data-select-none (a reset button)                    unticks all
 *
 * Without the script the bar is always there and every box works; only count and sum are missing.
 */
"use strict";
(() => {
  const rupiah = (amount) => "Rp\u00a0" + String(amount).replace(/\B(?=(\d{3})+$)/g, ".");

  function refresh(form) {
    const boxes = [...form.querySelectorAll("[data-select-row]")];
    const ticked = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("[data-row], tr, li")?.classList.toggle("rk-pilih", box.checked);
    for (const all of form.querySelectorAll("[data-select-all]")) {
      all.hidden = false;
      all.checked = boxes.length > 0 && ticked.length === boxes.length;
      all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
    }
    for (const bar of form.querySelectorAll("[data-select-bar]")) bar.hidden = ticked.length === 0;
    for (const count of form.querySelectorAll("[data-select-count]")) {
      count.value = (ticked.length === 1 ? count.dataset.one : count.dataset.many).replace("{n}", ticked.length);
    }
    const sum = ticked.reduce((total, box) => total + BigInt(box.dataset.rp || 0), 0n);
    for (const output of form.querySelectorAll("[data-select-sum]")) output.value = rupiah(sum);
  }

  const refreshAll = () => document.querySelectorAll("form[data-select]").forEach(refresh);

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-select]");
    if (!form) return;
    if (event.target.matches("[data-select-all]")) {
      for (const box of form.querySelectorAll("[data-select-row]")) box.checked = event.target.checked;
    }
    refresh(form);
  });
  document.addEventListener("reset", (event) => {
    if (event.target.matches("form[data-select]")) setTimeout(refresh, 0, event.target);
  });
  document.addEventListener("htmx:afterSettle", refreshAll);
  window.addEventListener("pageshow", refreshAll);
  refreshAll();
})();
