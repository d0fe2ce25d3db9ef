/** A cloud as the tests of the lifecycle use it: a group with machines, seen and touched through the cloud's own API. */
import type { CloudModule, ConnectionSettings } from "../../src/core/cloud";

interface SeenRefresh {
  id: string;
  status: string;
  reason: string | undefined;
}

export interface TestCloud {
  readonly cloud: CloudModule;
  readonly settings: ConnectionSettings;
  /** Operation names of this cloud, as the emulator records them. */
  readonly service: string;
  /** Calls an operation by the vendor's name, as another program does; its answer. */
  call(operation: string, parameters: Record<string, unknown>): Promise<Record<string, never>>;
  /** Creates a group of running instances of the image `first`; its name. */
  createGroup(instances: number): Promise<string>;
  /** Arguments of a refresh of the group to an image; one that begins with `unhealthy` never becomes healthy. */
  argumentsFor(group: string, image: string): Promise<Record<string, unknown>>;
  /** Arguments that leave open what shall run: a version that the cloud resolves. */
  vagueArgumentsFor(group: string, image: string): Promise<Record<string, unknown>>;
  /** Starts a refresh as somebody else would, with preferences in the words of the API; its id. */
  startElsewhere(group: string, image: string, preferences?: Record<string, unknown>): Promise<string>;
  cancelElsewhere(group: string, id: string): Promise<void>;
  rollbackElsewhere(group: string, id: string): Promise<void>;
  /** Lets time pass in the cloud, in milliseconds. */
  pass(milliseconds: number): Promise<void>;
  deleteGroup(group: string): Promise<void>;
  /** The newest first. */
  refreshes(group: string): Promise<SeenRefresh[]>;
  /** Ids of the machines, sorted. */
  instances(group: string): Promise<string[]>;
  /** How many machines are in service and healthy. */
  inService(group: string): Promise<number>;
  /** What the group launches from now. */
  launches(group: string): Promise<string>;
}
