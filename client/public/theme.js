// Runs before the first paint. Keep in step with src/theme/theme.ts.
try {
  const theme = localStorage.getItem('openrouter-native:theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme holds.
}
