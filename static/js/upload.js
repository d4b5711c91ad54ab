/* A file goes to the server as soon as it is chosen, one after the other, each with its progress:
 *
 *   <template data-upload-words='{"going": "..", ..}' data-upload-max="10485760"></template>
 *   <li data-upload-row> <input type="file" data-upload="/address/"> <div data-upload-told hidden>
 *
 * The server answers with the row as it stands then, or with words why not (422). When the line
 * breaks the file stays chosen and a button tries again. Without this script the form sends it.
 */
"use strict";
(() => {
  const waiting = [];
  let going = false;

  function show(row, text, share, again) {
    const told = row.querySelector("[data-upload-told]");
    told.hidden = false;
    told.textContent = text;
    if (share !== null) {
      const bar = document.createElement("progress");
      bar.max = 1;
      bar.value = share;
      bar.className = "w-100 d-block";
      bar.setAttribute("aria-label", text);
      told.append(bar);
    }
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-primary ms-2";
    button.textContent = again;
    button.addEventListener("click", () => line(row));
    told.append(button);
  }

  function line(row) {
    if (!waiting.includes(row)) waiting.push(row);
    if (!going) next();
  }

  function next() {
    const row = waiting.shift();
    going = Boolean(row);
    if (row) send(row, row.querySelector("input[data-upload]"));
  }

  function send(row, input) {
    const told = document.querySelector("[data-upload-words]").dataset;
    const words = JSON.parse(told.uploadWords);
    const file = input.files[0];
    if (!file) return next();
    if (file.size > Number(told.uploadMax)) {
      show(row, words.large, null);
      return next();
    }
    const body = new FormData();
    body.append("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
    body.append("file", file);
    const request = new XMLHttpRequest();
    const broken = () => {
      show(row, words.broken, null, words.again);
      next();
    };
    request.open("POST", input.dataset.upload);
    request.setRequestHeader("X-Upload", "1");
    request.timeout = 10 * 60 * 1000;
    request.upload.addEventListener("progress", (event) => {
      const share = event.lengthComputable ? event.loaded / event.total : 0;
      const text = `${words.going} ${Math.round(100 * share)} %`;
      show(row, share < 1 ? text : words.judged, share);
    });
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, broken);
    request.addEventListener("load", () => {
      if (request.status === 422) {
        show(row, request.responseText, null);
        return next();
      }
      const came = document.createElement("template");
      came.innerHTML = request.status === 200 ? request.responseText.trim() : "";
      const fresh = came.content.querySelector("[data-upload-row]");
      if (!fresh) return broken();
      const had = row.contains(document.activeElement);
      row.replaceWith(fresh);
      if (had) fresh.querySelector("input[data-upload]").focus();
      document.dispatchEvent(new CustomEvent("rakortek:uploaded"));
      return next();
    });
    show(row, `${words.going} 0 %`, 0);
    request.send(body);
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("input[data-upload]")) return;
    const row = event.target.closest("[data-upload-row]");
    if (event.target.files.length) line(row);
  });
})();
