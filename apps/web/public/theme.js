// Runs before the first paint, so that a chosen theme does not flash. Key and values: src/store/theme.ts.
try {
  const theme = localStorage.getItem("carillon:theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the page follows the system.
}
