/** The icon of the browser's tab: the bell, with the number of what is unseen on it, if there is any. */
export function iconFor(unseen: number): string {
  return unseen === 0 ? "/favicon.svg" : `data:image/svg+xml,${encodeURIComponent(badged(unseen))}`;
}

// The bell of public/favicon.svg. Digits of an icon are 16 px high at most: above nine there is only "more".
function badged(unseen: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path fill="#b5762b" d="M16 3a2 2 0 0 1 2 2v.6c4 .9 6.6 4.3 6.9 8.7.3 4.6 1 6.9 2.9 9.1.7.8.2 2.1-.9 2.1H5.1c-1.1 0-1.6-1.3-.9-2.1 1.9-2.2 2.6-4.5 2.9-9.1.3-4.4 2.9-7.8 6.9-8.7V5a2 2 0 0 1 2-2Z"/>
<circle cx="22" cy="22" r="10" fill="#c4281c"/>
<text x="22" y="27.5" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="16" fill="#fff">${unseen > 9 ? "9+" : unseen}</text>
</svg>`;
}
