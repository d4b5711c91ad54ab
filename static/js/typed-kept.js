/* What is typed and not with the server yet, kept in this browser for static/js/typed.js:
 *
 *   window.typedKept(name)  ->  { can, write(section, pairs, base), drop(section, pairs), old, dropOld() }
 *
 * One entry per person and form, under the key that keep.js forgets when the server has taken the whole form (cookie
 * "kept") and after seven days. "old" holds what an earlier page left behind, by section: [name, value] pairs, the marks
 * they began from, and the time. What another tab keeps of the same section is left alone unless it is the same.
 */
"use strict";
window.typedKept = (name) => {
  const key = `keep:${document.body.dataset.person}:${name}`;
  let store = null;
  try {
    store = window.localStorage;
  } catch {
    /* This browser forbids storage: what is typed lives on the page alone. */
  }

  function read() {
    try {
      const entry = JSON.parse(store.getItem(key)) || {};
      return { sections: entry.sections || {}, old: entry.old || {} };
    } catch {
      return { sections: {}, old: {} };
    }
  }

  function put(entry) {
    if (!store) return false;
    try {
      if (Object.keys(entry.sections).length || Object.keys(entry.old).length) {
        store.setItem(key, JSON.stringify({ at: Date.now(), ...entry }));
      } else {
        store.removeItem(key);
      }
      return true;
    } catch {
      return false; /* the browser's room is full */
    }
  }

  const first = read();
  const old = { ...first.old, ...first.sections };
  put({ sections: {}, old });
  return {
    can: Boolean(store),
    old,
    write(section, pairs, base) {
      const entry = read();
      entry.sections[section] = { at: Date.now(), pairs, base };
      return put(entry);
    },
    drop(section, pairs) {
      const entry = read();
      if (JSON.stringify(entry.sections[section]?.pairs) !== JSON.stringify(pairs)) return;
      delete entry.sections[section];
      put(entry);
    },
    dropOld(section) {
      const entry = read();
      if (section) delete entry.old[section];
      else entry.old = {};
      put(entry);
    },
  };
};
