export type Refusal =
  | "AlreadyRunning"
  | "NothingToReplace"
  | "NoConfiguration"
  | "AlarmNotOk"
  | "NotRunning"
  | "RollingBack"
  | "Irreversible"
  | "WrongStatus"
  | "NoSuchInstance"
  | "WrongState";

/** The model does not do what it was asked to; nothing has changed. */
export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }
}
