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
