/* Shows an amount in Indonesian words while it is typed, as the server will read it:
 *
 *   <input data-rupiah="or">  <p id="words-(id of the input)"></p>
 *
 * The paragraph is made where it is missing. What can be read in two ways is shown with both
 * readings, joined by the word of the attribute. The same rules as proposals/rupiah.py; a browser
 * test lays one table of cases before both. Without this script the words come with the next save.
 */
"use strict";
globalThis.Rupiah = (() => {
  const MOST = 10n ** 18n - 1n;
  const SCALES = new Map([["", 1n]]);
  for (const [size, words] of [
    [10n ** 3n, ["rb", "ribu", "k"]],
    [10n ** 6n, ["jt", "juta", "mio"]],
    [10n ** 9n, ["m", "mlr", "miliar", "milyar", "miliard", "milyard"]],
    [10n ** 12n, ["t", "triliun", "trilyun", "trilliun"]],
  ]) {
    for (const word of words) SCALES.set(word, size);
  }
  const PART = /([0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?(?![0-9.,])|[0-9][0-9.,]*) ?([a-z]*)\.?(?: |$)/y;

  /* Numbers and scale words, each scale smaller than the one before; null where it is no amount. */
  function parts(text) {
    const plain = text.replace(/[\s\u00a0\u2007\u2009\u202f]+/g, " ").trim().toLowerCase()
      .replace(/^(?:rp|idr)(?: ?\.)? ?/, "").replace(/ ?(?:rupiah|idr|rp)$/, "")
      .replace(/ ?[.,] ?[-\u2013\u2014=]+$/, "");
    const found = [];
    let at = 0;
    while (at < plain.length) {
      PART.lastIndex = at;
      const part = PART.exec(plain);
      if (!part) return null;
      found.push([part[1], part[2]]);
      at = PART.lastIndex;
    }
    if (!found.length || text.length > 80) return null;
    const sizes = found.map(([, scale]) => SCALES.get(scale) ?? 0n);
    if (sizes.some((size, n) => size === 0n || (n && size >= sizes[n - 1]))) return null;
    if (found.length > 1 && found.some(([number]) => !/^[0-9]{1,3}$/.test(number))) return null;
    return found;
  }

  function readings(typed, scale, hasScale) {
    const number = typed.replaceAll(" ", ".");
    const found = [];
    if (/^[0-9]+$/.test(number)) found.push(BigInt(number) * scale);
    const isGrouped = /^[0-9]{1,3}(?:[.,][0-9]{3})+$/.test(number);
    if (isGrouped && !(number.includes(".") && number.includes(","))) {
      found.push(BigInt(number.replace(/[.,]/g, "")) * scale);
    }
    const decimal = /^([0-9]{1,3}(?:([.,])[0-9]{3})*|[0-9]+)([.,])([0-9]+)$/.exec(number);
    return decimal ? found.concat(decimals(decimal, scale, hasScale)) : found;
  }

  function decimals([, head, group, sign, tail], scale, hasScale) {
    if (group === sign) return [];
    const digits = head.replace(/[.,]/g, "");
    if (!hasScale && tail.length === 3) {
      return group && tail === "000" ? [BigInt(digits), BigInt(digits + tail)] : [];
    }
    const size = 10n ** BigInt(tail.length);
    const part = BigInt(tail) * scale;
    return part % size ? [] : [BigInt(digits) * scale + part / size];
  }

  /* Every whole amount that a text may mean, the smallest first; nothing where it means none. */
  function read(text) {
    let whole = [0n];
    let unit = 0n;
    for (const [number, scale] of parts(text) ?? []) {
      const size = SCALES.get(scale);
      let found = readings(number, size, scale !== "");
      if (unit > 1000n && !scale) found = found.concat(found.map((one) => (one * unit) / 1000n));
      whole = whole.flatMap((sum) => found.map((one) => sum + one));
      unit = size;
    }
    const sorted = [...new Set(whole)].sort((a, b) => (a < b ? -1 : 1));
    return unit === 0n || sorted.some((one) => one > MOST) ? [] : sorted;
  }

  const ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split(" ");
  const SIZES = [
    [10n ** 15n, "kuadriliun"], [10n ** 12n, "triliun"], [10n ** 9n, "miliar"], [10n ** 6n, "juta"],
    [1000n, "ribu", "seribu"], [100n, "ratus", "seratus"], [10n, "puluh"],
  ];

  function spoken(amount) {
    if (amount === 0n) return [];
    if (amount < 12n) return [ONES[Number(amount)]];
    if (amount < 20n) return [ONES[Number(amount - 10n)], "belas"];
    const [size, word, one] = SIZES.find(([least]) => amount >= least);
    const count = amount / size;
    const head = count === 1n && one ? [one] : [...spoken(count), word];
    return [...head, ...spoken(amount % size)];
  }

  const terbilang = (amount) => spoken(BigInt(amount)).join(" ") || ONES[0];
  const grouped = (amount) => String(amount).replace(/\B(?=(\d{3})+$)/g, ".");

  function told(text, or) {
    const found = read(text);
    if (found.length === 1) return `${terbilang(found[0])} rupiah`;
    return found.length ? `${found.map((one) => `Rp\u00a0${grouped(one)}`).join(` ${or} `)}?` : "";
  }

  function place(input) {
    const found = document.getElementById(`words-${input.id}`);
    if (found) return found;
    const made = document.createElement("p");
    made.id = `words-${input.id}`;
    made.className = "form-text";
    input.after(made);
    return made;
  }

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("input[data-rupiah]")) {
      place(target).textContent = told(target.value, target.dataset.rupiah);
    }
  });
  return { read, terbilang, told };
})();
