import { awsService } from "./aws/service";
import { metadataService } from "./ess/metadata";
import { essService } from "./ess/service";
import { stsService } from "./ess/sts";
import type { Service } from "./service";

/** Asked in this order: the last takes what nobody else does. */
export const services: readonly Service[] = [awsService, metadataService, stsService, essService];
