import { activityOperations } from "./activities";
import { alarmOperations } from "./alarms";
import { type Dialect, ec2Dialect, queryDialect } from "./answers";
import { ec2Operations } from "./ec2";
import { groupOperations } from "./groups";
import { instanceOperations } from "./instances";
import { launchConfigurationOperations } from "./launchConfigurations";
import { lifecycleHookOperations } from "./lifecycleHooks";
import type { Operation } from "./operation";
import { processOperations } from "./processes";
import { refreshOperations } from "./refreshes";
import type { AwsRegion } from "./region";
import { type StsCall, stsOperations, unsignedOperations } from "./sts";
import { tagOperations } from "./tags";
import { warmPoolOperations } from "./warmPools";

/** One API of AWS: requests name its version, and their credentials its service. */
export interface Api {
  readonly service: string;
  readonly version: string;
  readonly dialect: Dialect;
  readonly operations: Readonly<Record<string, Operation<AwsRegion & StsCall>>>;
  /** What names the service in the header of a JSON request. Default: it takes none. */
  readonly jsonTarget?: string;
  /** Those that are asked without a signature. Default: none. */
  readonly unsigned?: ReadonlySet<string>;
}

export const autoScaling: Api = {
  // fact: aws-api-versions
  service: "autoscaling",
  // fact: aws-api-versions
  version: "2011-01-01",
  dialect: queryDialect("http://autoscaling.amazonaws.com/doc/2011-01-01/"),
  operations: {
    ...lifecycleHookOperations,
    ...processOperations,
    ...warmPoolOperations,
    ...refreshOperations,
    ...groupOperations,
    ...launchConfigurationOperations,
    ...instanceOperations,
    ...activityOperations,
    ...tagOperations,
  },
};

export const apis: readonly Api[] = [
  autoScaling,
  {
    service: "ec2",
    version: "2016-11-15",
    dialect: ec2Dialect("http://ec2.amazonaws.com/doc/2016-11-15/"),
    operations: ec2Operations,
  },
  {
    service: "monitoring",
    version: "2010-08-01",
    dialect: queryDialect("http://monitoring.amazonaws.com/doc/2010-08-01/"),
    // fact: aws-cloudwatch-json
    jsonTarget: "GraniteServiceVersion20100801",
    operations: alarmOperations,
  },
  {
    service: "sts",
    version: "2011-06-15",
    dialect: queryDialect("https://sts.amazonaws.com/doc/2011-06-15/"),
    operations: stsOperations,
    unsigned: unsignedOperations,
  },
];
