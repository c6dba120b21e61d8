type OpenLinkProps = { readonly url: string; readonly label: string };

/** Leads out of the page, in a tab of its own that knows nothing of this one. */
export function OpenLink({ url, label }: OpenLinkProps) {
  return (
    <a
      href={url}
      title={url}
      target="_blank"
      rel="noopener noreferrer"
      className="target inline-flex shrink-0 items-center justify-center rounded-box px-2 text-small font-bold text-bronze-ink hover:bg-wash"
    >
      {label}
    </a>
  );
}
