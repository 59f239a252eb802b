// Runs before the first paint, so that a remembered theme does not flash. The switch itself is in theme.js.
try {
  const theme = localStorage.getItem('laundry-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be forbidden; then the system's theme is used.
}
