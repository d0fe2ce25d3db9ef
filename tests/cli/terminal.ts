/** Stands for what begins a sequence of control characters. */
const ESCAPE = "\uE000";
const TOKEN = /\uE000\??(\d*)[A-Za-z]|./gsu;

/** A terminal of some width, as far as a live display uses one: what a person sees in it. */
export class Terminal {
  readonly isTTY = true;
  readonly rows = 24;
  readonly #lines: string[] = [""];
  #row = 0;
  #column = 0;

  constructor(readonly columns: number) {}

  /** Lines without what is blank at their end. */
  get lines(): string[] {
    return this.#lines.map((line) => line.trimEnd()).filter((line, index, all) => line || index < all.length - 1);
  }

  write(text: string): boolean {
    for (const [token, count = "1"] of text.replaceAll("\u001B[", ESCAPE).matchAll(TOKEN)) {
      const steps = Number(count || 1);
      if (token === "\n") this.#moveTo(this.#row + 1, 0);
      else if (!token.startsWith(ESCAPE)) this.#put(token);
      else if (token.endsWith("A")) this.#moveTo(Math.max(0, this.#row - steps), this.#column);
      else if (token.endsWith("B")) this.#moveTo(this.#row + steps, this.#column);
      else if (token.endsWith("G")) this.#moveTo(this.#row, steps - 1);
      else if (token === `${ESCAPE}2K`) this.#lines[this.#row] = "";
      else if (token === `${ESCAPE}K`) this.#lines[this.#row] = (this.#lines[this.#row] ?? "").slice(0, this.#column);
      else if (!/[hlm]$/.test(token)) throw new Error(`This terminal does not know ${JSON.stringify(token)}`);
    }
    return true;
  }

  #moveTo(row: number, column: number): void {
    while (this.#lines.length <= row) this.#lines.push("");
    [this.#row, this.#column] = [row, column];
  }

  #put(character: string): void {
    if (this.#column >= this.columns) this.#moveTo(this.#row + 1, 0);
    const line = (this.#lines[this.#row] ?? "").padEnd(this.#column);
    this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
    this.#column++;
  }
}
