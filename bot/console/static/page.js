// The words around the chat follow its language.
document.addEventListener("guichet-language", (event) => {
  document.documentElement.lang = event.detail;
});
