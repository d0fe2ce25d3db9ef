/** A seeded source of numbers: the same seed gives the same numbers forever. */
export interface Random {
  /** From 0 to below 1. */
  fraction(): number;
  /** A whole number, both bounds included. */
  integer(least: number, most: number): number;
  /** Small letters and digits. */
  letters(length: number): string;
  /** Hexadecimal digits. */
  hex(length: number): string;
}

/** The generator is mulberry32, seeded by the FNV-1a hash of the text. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const draw = (alphabet: string, length: number) => {
    let drawn = "";
    for (let index = 0; index < length; index++) drawn += alphabet.charAt(Math.floor(fraction() * alphabet.length));
    return drawn;
  };
  return {
    fraction,
    integer: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    letters: (length) => draw("0123456789abcdefghijklmnopqrstuvwxyz", length),
    hex: (length) => draw("0123456789abcdef", length),
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
