/* Enter in a search box presses the search button beside it instead of saving the whole form:
 *
 *   <input type="search" data-enter="#id-of-the-button">
 *
 * Without this script Enter saves the draft; the page that follows shows what was searched.
 */
"use strict";
document.addEventListener("keydown", (event) => {
  const button = event.key === "Enter" && event.target.dataset?.enter;
  if (!button) return;
  event.preventDefault();
  document.querySelector(button)?.click();
});

/* A late answer never takes back a choice made meanwhile: what is ticked in the part that is
 * swapped is ticked again in the new one, and a part without that choice is not shown at all. */
let ticked = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  const isOther = event.detail.target.id === "main-use"; /* another commodity has another tree */
  ticked = isOther ? [] : [...event.detail.target.querySelectorAll("input[type=radio]:checked")];
  if (ticked.some((radio) => !event.detail.serverResponse.includes(`value="${radio.value}"`))) {
    event.detail.shouldSwap = false;
  }
});
document.addEventListener("htmx:afterSettle", () => {
  for (const { name, value } of ticked) {
    const again = document.querySelector(`input[type=radio][name="${name}"][value="${value}"]`);
    if (again) again.checked = true;
  }
  ticked = [];
});
