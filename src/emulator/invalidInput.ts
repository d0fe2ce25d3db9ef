/** Somebody gave the emulator a value that it does not take. The message says which, and what would be right. */
export class InvalidInput extends RangeError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "InvalidInput";
  }
}
