import { isUrl, type Notification } from "@carillon/protocol";

/** Where a notification leads, if that is a place a plain link may lead to (P35), whatever the hub let through. */
export function linkOf({ url }: Notification): string | undefined {
  return url !== undefined && isUrl(url) ? url : undefined;
}
