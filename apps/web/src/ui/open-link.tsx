type OpenLinkProps = { readonly url: string; readonly label: string; readonly onOpen?: () => void };

/** Leads out of the page, in a tab of its own that knows nothing of this one. */
export function OpenLink({ url, label, onOpen }: OpenLinkProps) {
  return (
    <a
      href={url}
      title={url}
      target="_blank"
      rel="noopener noreferrer"
      onClick={onOpen}
      className="target inline-flex shrink-0 items-center justify-center rounded-box px-2 text-small font-bold text-bronze-ink hover:bg-wash"
    >
      {label}
    </a>
  );
}
