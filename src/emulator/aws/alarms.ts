import type { AlarmState } from "../../simulation/model";
import { setAlarm } from "../../simulation/refresh";
import type { World } from "../world";
import { awsRegion } from "./region";

/** Sets the state of a CloudWatch alarm of a region. One that was never set is OK. */
export function setAlarmState(world: World, name: string, state: AlarmState): void {
  const region = awsRegion(world);
  region.alarms.set(name, state);
  for (const { model } of region.groups.values()) setAlarm(model, name, state);
}
