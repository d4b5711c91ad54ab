/* The boxes of the form that static/js/typed.js saves, read and filled section by section:
 *
 *   window.typedBoxes(form)  ->  { root(name), nameOf(node), named(box), pairsOf(name), fill(box, text), isSameRow(box, sent), valueOf(box) }
 *
 * A section is what stands below data-typed="name"; its pairs are [name, value] of each box, a new row with an id of the
 * browser's own. "sent" maps the names of the boxes of an earlier moment to their values.
 */
"use strict";
window.typedBoxes = (form) => {
  const root = (name) => form.querySelector(`[data-typed="${name}"]`);
  const nameOf = (node) => (form.contains(node) && node.closest?.("[data-typed]")?.dataset.typed) || "";
  const named = (name) => [...form.elements].filter((one) => one.name === name);
  function boxes(name) {
    const top = root(name);
    const found = top ? [...top.querySelectorAll("input, select, textarea")] : [];
    return found.filter((one) => one.name && one.name !== "kode_cari" && one.type !== "file" && !one.disabled && one.closest("[data-typed]") === top);
  }
  function pairsOf(name) {
    for (const one of boxes(name)) {
      if (/-\d+-id$/.test(one.name) && !one.value) one.value = `b-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    }
    return boxes(name).filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked).map((one) => [one.name, one.value]);
  }
  function valueOf(box) {
    const fields = named(box);
    return ["radio", "checkbox"].includes(fields[0].type) ? fields.find((one) => one.checked)?.value ?? "" : fields[0].value;
  }
  function fill(box, text) {
    const fields = named(box);
    if (fields[0].type === "radio") fields.forEach((one) => (one.checked = one.value === text));
    else fields[0].value = text;
  }
  function isSameRow(box, sent) {
    const row = box.match(/^(.+-\d+)-(?!id$)/);
    if (!row || !sent.has(`${row[1]}-id`)) return true;
    const id = named(`${row[1]}-id`)[0]?.value;
    const was = sent.get(`${row[1]}-id`);
    return id === was || (was.startsWith("b-") && /^\d+$/.test(id || ""));
  }
  return { root, nameOf, named, pairsOf, valueOf, fill, isSameRow };
};
