/** What later entries say of a notification or a sent entry, kept with it as bits. */
export const SEEN = 1;
export const READ = 2;
export const RETRACTED = 4;
export const EDITED = 8;
