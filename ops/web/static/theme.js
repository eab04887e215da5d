// Sets light or dark before anything is drawn: a module would come too late.
(function () {
  try {
    const theme = localStorage.getItem("adloom-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // no storage: the system's choice
  }
})();
