/** Written by `npm run generate`: change `tools/classes.ts` or the cloud's module, and run it again. */
import * as pulumi from "@pulumi/pulumi";
import { pluginDownloadURL, version } from "../version";

/** How the clouds are reached. Nothing is secret: credentials come from the environment or the SDKs' own files. */
export interface ProviderArgs {
  /** Region of the scaling groups. Else the one of the stack's `alicloud:region`, the environment or the profile. */
  alicloudRegion?: pulumi.Input<string | undefined>;
  /** Name of a profile in `~/.aliyun/config.json`. */
  alicloudProfile?: pulumi.Input<string | undefined>;
  /** ARN of a RAM role to assume with the credentials found. */
  alicloudRole?: pulumi.Input<string | undefined>;
  /** Address of the ESS API, a host or a URL; for private endpoints and emulators. */
  alicloudEndpoint?: pulumi.Input<string | undefined>;
  /** Region of the Auto Scaling groups. Else the one of the stack's `aws:region`, the environment (`AWS_REGION`) or the profile. */
  awsRegion?: pulumi.Input<string | undefined>;
  /** Name of a profile in AWS's shared configuration files. */
  awsProfile?: pulumi.Input<string | undefined>;
  /** ARN of a role to assume with the credentials found. */
  awsRole?: pulumi.Input<string | undefined>;
  /** Address of the API of EC2 Auto Scaling, a host or a URL; for private endpoints and emulators. */
  awsEndpoint?: pulumi.Input<string | undefined>;
}

/**
 * The plugin with settings of its own, instead of the stack's `instance-refresh:…`: for several regions or accounts in
 * one program. A change of them replaces no resource.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options: pulumi.ResourceOptions = {}) {
    super("instance-refresh", name, { ...args }, pulumi.mergeOptions({ version, pluginDownloadURL }, options));
  }
}
