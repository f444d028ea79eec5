// Runs before the first paint, as a classic script, so that a chosen theme never flashes the other one.
try {
  const chosen = localStorage.getItem('lossboard.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; the system's theme applies.
}
