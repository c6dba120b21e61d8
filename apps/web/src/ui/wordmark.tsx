/** A bell, and the name that it goes by. On the narrowest screens the bell stands alone. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2">
      <svg aria-hidden width="20" height="20" viewBox="0 0 32 32" fill="currentColor" className="shrink-0 text-bronze">
        <path d="M16 3a2 2 0 0 1 2 2v.6c4 .9 6.6 4.3 6.9 8.7.3 4.6 1 6.9 2.9 9.1.7.8.2 2.1-.9 2.1H5.1c-1.1 0-1.6-1.3-.9-2.1 1.9-2.2 2.6-4.5 2.9-9.1.3-4.4 2.9-7.8 6.9-8.7V5a2 2 0 0 1 2-2Z" />
        <path d="M12.5 27h7a3.5 3.5 0 0 1-7 0Z" />
      </svg>
      <span className="text-body font-bold tracking-tight max-phone:sr-only">Carillon</span>
    </span>
  );
}
