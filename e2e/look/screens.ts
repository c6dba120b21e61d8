import type { BrowserContextOptions } from "@playwright/test";

const wide = { viewport: { width: 1200, height: 780 } };
const phone = { viewport: { width: 390, height: 780 }, hasTouch: true };
/** The narrowest that there is. */
const slip = { viewport: { width: 320, height: 640 }, hasTouch: true };
const english = { locale: "en-US" };
const chinese = { locale: "zh-CN" };
const light = { colorScheme: "light" } as const;
const dark = { colorScheme: "dark" } as const;

/** Every view on each of these: each theme, language and width beside each of the others once. */
export const SCREENS = {
  "wide-light": { ...wide, ...light, ...english },
  "wide-dark-zh-CN": { ...wide, ...dark, ...chinese },
  "narrow-light-zh-CN": { ...slip, ...light, ...chinese },
  "narrow-dark": { ...phone, ...dark, ...english },
} as const satisfies Record<string, BrowserContextOptions>;

/** The page itself on these, too. */
export const FURTHER_SCREENS = {
  "wide-dark": { ...wide, ...dark, ...english },
  "wide-light-zh-CN": { ...wide, ...light, ...chinese },
  "narrow-light": { ...slip, ...light, ...english },
  "narrow-dark-zh-CN": { ...phone, ...dark, ...chinese },
  "widest-light": { ...light, ...english, viewport: { width: 1920, height: 1080 } },
} as const satisfies Record<string, BrowserContextOptions>;
