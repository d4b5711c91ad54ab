/* After a section was saved while typing: how far the form is, in the rail and at the head of each section. The page
 * answers this part alone; whatever has the cursor, and the line that says what is saved, stay as they are.
 */
"use strict";
(() => {
  const PARTS = ["#fill-rail .rk-rel-a > b", "#fill-rail .rk-bars", "#fill-rail .rk-rel-a > small", "#fill-rail ol", "#rail-total"];
  let timer = null;

  async function refresh() {
    const headers = { "HX-Request": "true", "HX-Target": "fill-progress" };
    const answer = await fetch(window.location.pathname, { headers, redirect: "manual" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const heads = [...document.querySelectorAll("[id^=section-head-]")].map((one) => `#${one.id}`);
    for (const part of [...PARTS, ...heads]) {
      const old = document.querySelector(part);
      const now = fresh.querySelector(part);
      if (old && now && !old.contains(document.activeElement)) old.replaceWith(now);
    }
  }

  document.addEventListener("typed:saved", (event) => {
    if (!event.detail.isSaved) return;
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), 400);
  });
})();
