void comeUp();

/** In pieces, with a breath between them: a slow phone paints, and hears its user, in between. */
async function comeUp(): Promise<void> {
  await painted();
  await import("./hub.ts");
  await breath();
  await import("react-dom/client");
  await breath();
  await import("./page.tsx");
}

/** The frame that index.html holds stands on the screen. Not waited for where nobody sees it, nor for long. */
function painted(): Promise<void> {
  return new Promise((go) => {
    if (document.visibilityState === "hidden") return go();
    new PerformanceObserver(() => go()).observe({ type: "paint", buffered: true });
    setTimeout(go, 200);
  });
}

function breath(): Promise<void> {
  return new Promise((go) => setTimeout(go));
}
