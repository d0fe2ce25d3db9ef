/** The outputs that refreshes of every cloud have. */
import { z } from "zod";
import { argument } from "./arguments";

export const outcomeOutputs = {
  status: argument(z.string(), { text: "Status of the refresh, in the cloud's word." }),
  requestedStatus: argument(z.string(), {
    text: "The `status` that was asked for and reached, when one was.",
  }).optional(),
  echoed: argument(z.array(z.string()), {
    text: "Names of the arguments that the program left out: their values are the cloud's.",
  }).optional(),
  percentageComplete: argument(z.number().min(0).max(100), { text: "How far the refresh is.", unit: "%" }).optional(),
  startTime: argument(z.string(), { text: "When it began, ISO 8601, UTC." }).optional(),
  endTime: argument(z.string(), { text: "When it ended, ISO 8601, UTC." }).optional(),
};
