/**
 * What the page comes in: each of these modules with all that it needs, without what one above it has. Left alone the bundler makes
 * a file of each set of modules that two others share, and a phone waits for twenty answers.
 */
export const pieces = [
  // Vite's own: whoever imports later needs it, main.ts first.
  { name: "import", test: /preload-helper/u },
  { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//u },
  { name: "hub", test: /src\/hub\.ts$/u },
  { name: "page", test: /src\/page\.tsx$/u },
  { name: "words", test: /src\/words\/all\.ts$/u },
  { name: "stay", test: /src\/stay\.ts$/u },
].map((piece, index, all) => ({ ...piece, priority: all.length - index }));
