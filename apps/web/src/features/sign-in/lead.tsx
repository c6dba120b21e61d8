type LeadProps = { readonly title: string; readonly lead: string };

/** What the form is for. */
export function Lead({ title, lead }: LeadProps) {
  return (
    <div className="flex flex-col gap-1">
      <h1 className="text-title font-bold">{title}</h1>
      <p className="leading-words text-quiet">{lead}</p>
    </div>
  );
}
