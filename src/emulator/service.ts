import type { World, Worlds } from "./world";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The code of an error, for the record of requests. */
  readonly code?: string | undefined;
}

/** What a request asks for, read before anything is checked or done. */
export interface Call {
  /** `ess`, `autoscaling`, `ec2` or `sts`. */
  readonly service: string;
  /** Empty when the request names none. */
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string | undefined;
  /** Those of the operation, as they were sent: neither signatures nor tokens. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The request is JSON, of a service that takes another form too, and so is its answer. */
  readonly isJson?: boolean;
}

/** Failures that every cloud has a form of its own for. */
export type Failure = "AccessDenied" | "Throttling" | "InternalError" | "ServiceUnavailable" | "ExpiredToken";

/** A cloud's side of the address: the frame knows no wire format. */
export interface Service {
  /** The services that its calls name. */
  readonly names: readonly string[];
  accepts(request: HttpRequest): boolean;
  /**
   * Never throws: a malformed request becomes a call that `answer` refuses. A request that names no region is for the
   * one that has what it names, else for the default.
   */
  identify(request: HttpRequest, worlds: Worlds): Call;
  /** Checks credentials, signature and policies, then acts. A refusal is an answer. */
  answer(request: HttpRequest, call: Call, world: World): HttpAnswer;
  fail(call: Call, failure: Failure): HttpAnswer;
  /** Where a group is that names no region, unless the emulator was given one. */
  readonly usualRegion: string;
  /** Makes one group of a groups file. Throws an Error that says what is wrong with it. */
  createGroup(specification: object, world: World): void;
}
