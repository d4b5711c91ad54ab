/* What the page says while static/js/typed.js saves: the state, trouble, errors at their boxes, both values to choose from:
 *
 *   window.typedSaid(page)  ->  { show(id, text), tell(text), mend(name, errors), choose(name, choices) }      page: typedBoxes
 */
"use strict";
window.typedSaid = ({ root, named }) => {
  function show(id, text) {
    const bar = document.getElementById(id);
    if (text) (bar.querySelector("span") || bar).textContent = text;
    bar.hidden = !text;
  }
  function tell(text) {
    const line = document.getElementById("typed-state");
    if (line && line.textContent !== text) line.textContent = text;
  }
  function mend(name, errors) {
    for (const old of root(name).querySelectorAll("[data-typed-error]")) old.remove();
    for (const [box, text] of Object.entries(errors)) mark(name, box, text);
  }
  function mark(name, box, text) {
    const field = named(box)[0];
    const place = field ? field.closest("td, .rk-nilai-kotak, [id^=div_id_]") || field.parentElement : root(name);
    const line = Object.assign(document.createElement("div"), { className: "invalid-feedback d-block", textContent: text, id: `typed-error-${box}` });
    line.dataset.typedError = box;
    place.append(line);
    field?.setAttribute("aria-describedby", line.id);
    field?.classList.add("is-invalid");
  }
  function choose(name, choices) {
    const top = root(name);
    for (const old of top.querySelectorAll("[data-clash]")) {
      if (old.closest("[data-typed]") === top && !old.querySelector(":checked")) old.remove();
      else if (!choices.some((one) => one.kunci === old.dataset.clash)) old.remove();
    }
    for (const one of choices) {
      if (document.getElementById(`clash-${one.kunci}`)) document.getElementById(`clash-${one.kunci}`).remove();
      const field = named(one.kotak)[0];
      const place = field?.closest("td, [id^=div_id_], fieldset") || top;
      place.insertAdjacentHTML("beforeend", one.html);
    }
  }
  return { show, tell, mend, choose };
};
