// Numbers as the interface writes them.

/** A number of an answer: NaN and infinities come as their names, what is undefined as null. */
export const num = (value) => (value === null || value === undefined ? null : Number(value));
