// Runs before the first paint, as a file because the Content-Security-Policy forbids inline scripts.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('witan.theme');
  } catch {
    choice = null;
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
