import { awsService } from "./aws/service";
import { essService } from "./ess/service";
import type { Service } from "./service";

/** Asked in this order: the last takes what nobody else does. */
export const services: readonly Service[] = [awsService, essService];
