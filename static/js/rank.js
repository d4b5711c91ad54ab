/* Moves a row of an ordered list by dragging and by Alt with an arrow key; the buttons work without this script.
 *
 *   <form data-rank>            posts "geser" = "row:the one it stands behind:the one it stands before"
 *   <span data-drag="row">      the handle in a row that may move; hidden without this script
 *   name="naik", "turun"        the buttons of the row, which the keys press
 */
"use strict";
(() => {
  const show = () => document.querySelectorAll("[data-rank] [data-drag]").forEach((one) => (one.hidden = false));
  const keyOf = (row) => row?.id.replace(/^\D+/, "") || "";
  let held = null;

  function send(row) {
    const form = row.closest("[data-rank]");
    const value = [keyOf(row), keyOf(row.previousElementSibling), keyOf(row.nextElementSibling)].join(":");
    if (window.htmx) {
      window.htmx.ajax("POST", form.getAttribute("hx-post"), { target: "#own-table", swap: "outerHTML", values: { geser: value } });
      return;
    }
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "geser", value }));
    form.submit();
  }

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-drag]");
    if (!handle || event.button) return;
    event.preventDefault();
    const row = handle.closest("li");
    held = { row, before: row.previousElementSibling, after: row.nextElementSibling };
    row.classList.add("rk-angkat");
    handle.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const { row } = held;
    const under = document.elementFromPoint(row.getBoundingClientRect().left + 40, event.clientY)?.closest("[data-rank] li");
    if (!under || under === row || under.parentElement !== row.parentElement) return;
    const box = under.getBoundingClientRect();
    if (event.clientY > box.top + box.height / 2) under.after(row);
    else under.before(row);
  });
  function drop(isKept) {
    if (!held) return;
    const { row, before, after } = held;
    held = null;
    row.classList.remove("rk-angkat");
    if (!isKept) return before ? before.after(row) : after?.before(row);
    if (row.previousElementSibling !== before || row.nextElementSibling !== after) send(row);
  }
  document.addEventListener("pointerup", () => drop(true));
  document.addEventListener("pointercancel", () => drop(false));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop(false);
    const name = event.altKey && { ArrowUp: "naik", ArrowDown: "turun" }[event.key];
    const button = name && event.target.closest?.("[data-rank] li, [data-rows] tr, [data-rows] .rk-baris")?.querySelector(`button[name="${name}"], button[value^="${name}:"]`);
    if (!button) return;
    event.preventDefault();
    if (!button.disabled) button.click();
  });

  /* A row of the form that was moved keeps the cursor: its box at the new place. */
  let place = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const step = event.target.value?.match(/^(naik|turun):(\w+):(\d+)$/);
    const held = document.activeElement?.name?.match(/-\d+-(\w+)$/);
    place = step && { part: step[2], at: Number(step[3]) + (step[1] === "naik" ? -1 : 1), column: held?.[1], step: step[1] };
  });
  document.addEventListener("htmx:afterSettle", () => {
    show();
    if (!place) return;
    const { part, at, column, step } = place;
    place = null;
    const box = column && document.querySelector(`[name="${part}-${Math.max(at, 0)}-${column}"]`);
    (box || document.querySelector(`button[value="${step}:${part}:${Math.max(at, 0)}"]`))?.focus();
  });
  show();
})();
