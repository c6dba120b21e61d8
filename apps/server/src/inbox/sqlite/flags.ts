/** What later entries say of a notification or a sent entry, kept with it as bits. */
export const SEEN = 1;
export const READ = 2;
export const RETRACTED = 4;
export const EDITED = 8;
/** Its author was told that it is read, which nothing takes back (P24): whoever reads it once more has nobody to tell. */
export const READ_KNOWN = 256;
