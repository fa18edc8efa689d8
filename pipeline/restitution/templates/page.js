"use strict";
(function () {
  if (location.search === "?copier") { document.documentElement.classList.add("copie"); } // from index.html, for who writes
  var withNotes = document.getElementById("avec-notes");
  function bodyOf(section) {
    var copy = section.querySelector(".body").cloneNode(true);
    copy.querySelectorAll("sup").forEach(function (mark) {
      if (withNotes.checked) { mark.textContent = " (" + mark.textContent + ")"; } else { mark.remove(); }
    });
    return copy;
  }
  function byHand(node, html, text) {
    var done = false;
    function put(event) {
      event.clipboardData.setData("text/plain", text);
      if (html) { event.clipboardData.setData("text/html", html); }
      event.preventDefault();
    }
    document.addEventListener("copy", put);
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    document.removeEventListener("copy", put);
    return done;
  }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      var section = button.closest("section");
      var kind = button.dataset.copy;
      var html = "", text = "";
      if (kind === "rich") {
        var copy = bodyOf(section);
        html = copy.innerHTML;
        document.body.appendChild(copy);
        text = copy.innerText;
        copy.remove();
      } else {
        text = section.querySelector('[data-kind="' + kind + '"]').value;
      }
      var done = byHand(section, html, text);
      var said = section.querySelector(".said");
      said.textContent = done ? "Copié : collez-le où vous voulez." : "Le navigateur refuse : sélectionnez le texte et copiez-le.";
      window.setTimeout(function () { said.textContent = ""; }, 4000);
    });
  });
})();
