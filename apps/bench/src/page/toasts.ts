import type { Browser, Page } from "@playwright/test";
import { Histogram } from "../load/histogram.ts";
import { openTab } from "./browser.ts";

export type Rings = { readonly milliseconds: Histogram; readonly count: number };

/** One user writes, so many times, to another whose page is open: from the press of *Send* to the frame that shows the toast. */
export async function timeToasts(browser: Browser, port: number, count: number): Promise<Rings> {
  const [author, target] = [await openTab(browser, port, "author"), await openTab(browser, port, "target")];
  await author.getByRole("combobox", { name: "To", exact: true }).fill("target");
  const milliseconds = new Histogram();
  for (let n = 1 - WARM_UP; n <= count; n += 1) {
    const took = await ring(author, target, `Ring ${n + WARM_UP}`);
    if (n > 0) milliseconds.add(Math.round(took * 1_000));
  }
  return { milliseconds, count };
}

/** The toasts' code comes with the first one. */
const WARM_UP = 3;

async function ring(author: Page, target: Page, text: string): Promise<number> {
  await author.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  const shown = target.evaluate(toastPainted, text);
  const pressed = author.evaluate(sendPressed);
  await author.getByRole("button", { name: "Send", exact: true }).click();
  return (await shown) - (await pressed);
}

// Both run in the page. Times are milliseconds since 1970, by one clock for all tabs of a browser.

function sendPressed(): Promise<number> {
  return new Promise((resolve) => {
    const tell = ({ timeStamp }: Event) => resolve(performance.timeOrigin + timeStamp);
    document.addEventListener("click", tell, { capture: true, once: true });
  });
}

function toastPainted(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const region = document.querySelector('[role="region"][aria-label="New notifications"]');
      if (!region?.textContent.includes(text)) return;
      observer.disconnect();
      // What runs after the next frame's callbacks runs when it has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => resolve(performance.timeOrigin + performance.now()), { once: true });
        port1.start();
        port2.postMessage(undefined);
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
  });
}
