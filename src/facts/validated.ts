// Written by `npm run generate` from the cassettes of real accounts.

/** The day on which an account has shown it, by fact. */
export const validated: Readonly<Record<string, string>> = {};
