import { type Refusal, Refused } from "../../simulation/refused";
import { AwsError, validationError } from "./errors";

/**
 * Asks something of the model, and says its refusal as the service would.
 *
 * @throws AwsError
 */
export function asked<Result>(request: () => Result): Result {
  try {
    return request();
  } catch (error) {
    throw error instanceof Refused ? errors[error.refusal](error.message) : error;
  }
}

// fact: aws-error-not-active
const notActive = () =>
  new AwsError(
    "ActiveInstanceRefreshNotFound",
    400,
    "No in progress or pending Instance Refresh found for the Auto Scaling group",
  );

const errors: Readonly<Record<Refusal, (message: string) => AwsError>> = {
  // fact: aws-error-in-progress
  AlreadyRunning: () =>
    new AwsError(
      "InstanceRefreshInProgress",
      400,
      "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.",
    ),
  NotRunning: notActive,
  // Not documented: one that is already on its way to the same end is no longer in progress.
  RollingBack: notActive,
  WrongStatus: notActive,
  // fact: aws-rollback-refused
  Irreversible: (message) => new AwsError("IrreversibleInstanceRefresh", 400, message),
  AlarmNotOk: validationError,
  NoConfiguration: validationError,
  NothingToReplace: validationError,
  NoSuchInstance: validationError,
  WrongState: validationError,
};
