/** An error as the service answers it: its code, its HTTP status and its message. */
export class EssError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "EssError";
  }
}

// fact: ess-missing-parameter
export const missingParameter = (name: string) =>
  new EssError(`MissingParameter`, 400, `The parameter ${name} is mandatory for this operation and was not supplied.`);

// fact: ess-invalid-parameter
export const invalidParameter = (name: string, rule: string) =>
  new EssError("InvalidParameter", 400, `The value of parameter ${name} is not valid: ${rule}.`);

// fact: ess-group-missing
export const noSuchGroup = (id: string) =>
  new EssError("InvalidScalingGroupId.NotFound", 404, `The scaling group ${id} does not exist in this region.`);

// fact: ess-configuration-missing
export const noSuchConfiguration = (id: string) =>
  new EssError("InvalidScalingConfigurationId.NotFound", 404, `The scaling configuration ${id} does not exist.`);

// fact: ess-group-status
export const wrongGroupStatus = (message: string) => new EssError("IncorrectScalingGroupStatus", 400, message);

// fact: ess-access-denied
export const accessDenied = () =>
  new EssError("Forbidden.Unauthorized", 403, "A required authorization for the specified action is not supplied.");

// fact: ess-nothing-in-service, ess-nothing-to-refresh
export const nothingToRefresh = () =>
  new EssError(
    "InvalidInstance.NoInstanceNeedBeRefreshed",
    400,
    "No instance of the scaling group needs to be refreshed.",
  );

// fact: ess-capacity-codes
export const tooLittleCapacity = () =>
  new EssError(
    "IncorrectCapacity.MinSize",
    400,
    "To remove the specified instances, the total capacity will be lesser than the MinSize.",
  );

// fact: ess-capacity-codes
export const tooMuchCapacity = () =>
  new EssError(
    "IncorrectCapacity.MaxSize",
    400,
    "To attach the instances, the total capacity will be greater than the MaxSize.",
  );

/*
 * The vendor documents no codes for what follows: these are this emulator's own. A client must not depend on them, but
 * look at the group.
 */

// fact: ess-one-task
export const alreadyRunning = (message: string) => new EssError("InstanceRefreshTask.AlreadyRunning", 400, message);

// fact: ess-task-codes
export const noSuchTask = (id: string) =>
  new EssError("InvalidInstanceRefreshTaskId.NotFound", 404, `The instance refresh task ${id} does not exist.`);

// fact: ess-task-codes
export const wrongTaskStatus = (message: string) => new EssError("IncorrectInstanceRefreshTaskStatus", 400, message);

// fact: ess-task-codes
export const irreversibleTask = (message: string) => new EssError("InstanceRefreshTask.NotRollbackable", 400, message);

// fact: ess-kinds-of-groups
export const unsupportedGroup = (message: string) => new EssError("UnsupportedScalingGroup", 400, message);

// fact: ess-instance-codes
export const noSuchInstance = (message: string) => new EssError("InvalidInstanceId.NotFound", 404, message);

// fact: ess-attached-elsewhere
export const attachedElsewhere = (id: string) =>
  new EssError("InvalidInstanceId.InUse", 400, `Instance "${id}" is already attached to another scaling group.`);

// fact: ess-instance-codes
export const wrongInstanceStatus = (message: string) => new EssError("IncorrectInstanceStatus", 400, message);

// fact: ess-deletion-protection
export const deletionProtected = (id: string) =>
  new EssError("InvalidOperation.GroupDeletionProtection", 400, `The scaling group ${id} is protected from deletion.`);
