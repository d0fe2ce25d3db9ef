/**
 * Every setting that the bridged provider documents, and what happens to it here. A refresh acts as the same identity as the
 * rest of the program: what decides that is honoured, or refused by its name.
 */
import type { DocumentedSetting } from "../common/settings";

const ROLES = "assumeRoles";
const WEB = "assumeRoleWithWebIdentity";
const honoured = (key: string, ...variables: string[]): DocumentedSetting => ({ key, variables, outcome: "honoured" });

export const documentedSettings: readonly DocumentedSetting[] = [
  honoured("accessKey", "AWS_ACCESS_KEY_ID"),
  honoured("secretKey", "AWS_SECRET_ACCESS_KEY"),
  honoured("token", "AWS_SESSION_TOKEN"),
  { ...honoured("region", "AWS_REGION", "AWS_DEFAULT_REGION"), note: "else the region of the profile" },
  {
    ...honoured("profile", "AWS_PROFILE"),
    note: "keys of the environment come before `AWS_PROFILE`, as in the bridged provider",
  },
  {
    ...honoured("sharedConfigFiles", "AWS_CONFIG_FILE"),
    note: "one file; a list of several is refused: put the profiles into one",
  },
  {
    ...honoured("sharedCredentialsFiles", "AWS_SHARED_CREDENTIALS_FILE"),
    note: "one file; a list of several is refused: put the profiles into one",
  },
  { ...honoured(`${ROLES}.roleArn`), note: "of every role, one after the other" },
  honoured(`${ROLES}.sessionName`),
  honoured(`${ROLES}.duration`),
  honoured(`${ROLES}.externalId`),
  honoured(`${ROLES}.policy`),
  honoured(`${ROLES}.policyArns`),
  honoured(`${ROLES}.sourceIdentity`),
  honoured(`${ROLES}.tags`),
  honoured(`${ROLES}.transitiveTagKeys`),
  honoured(`${WEB}.roleArn`, "AWS_ROLE_ARN"),
  honoured(`${WEB}.sessionName`, "AWS_ROLE_SESSION_NAME"),
  honoured(`${WEB}.duration`),
  honoured(`${WEB}.policy`),
  honoured(`${WEB}.policyArns`),
  {
    key: `${WEB}.webIdentityToken`,
    variables: [],
    outcome: "refused",
    note: "a token in the configuration cannot be renewed: name a file in `webIdentityTokenFile`",
  },
  honoured(`${WEB}.webIdentityTokenFile`, "AWS_WEB_IDENTITY_TOKEN_FILE"),
  { ...honoured("allowedAccountIds"), note: "another account is refused before anything is done" },
  { ...honoured("forbiddenAccountIds"), note: "such an account is refused before anything is done" },
  honoured("endpoints.autoscaling", "AWS_ENDPOINT_URL_AUTO_SCALING", "AWS_ENDPOINT_URL"),
  honoured("endpoints.sts", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"),
  honoured("endpoints.ec2", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL"),
  honoured("endpoints.cloudwatch", "AWS_ENDPOINT_URL_CLOUDWATCH", "AWS_ENDPOINT_URL"),
  { ...honoured("stsRegion"), note: "region of the STS that assumes roles" },
  honoured("useFipsEndpoint", "AWS_USE_FIPS_ENDPOINT"),
  honoured("useDualstackEndpoint", "AWS_USE_DUALSTACK_ENDPOINT"),
  honoured("httpProxy", "HTTP_PROXY"),
  honoured("httpsProxy", "HTTPS_PROXY"),
  honoured("noProxy", "NO_PROXY"),
  honoured("customCaBundle", "AWS_CA_BUNDLE"),
  { ...honoured("insecure"), note: "any certificate will do" },
  {
    ...honoured("skipMetadataApiCheck", "AWS_SKIP_METADATA_API_CHECK", "AWS_EC2_METADATA_DISABLED"),
    note: "`true`: no instance metadata",
  },
  {
    key: "ec2MetadataServiceEndpoint",
    variables: [],
    outcome: "refused",
    note: "set AWS_EC2_METADATA_SERVICE_ENDPOINT in the environment instead",
  },
  {
    key: "ec2MetadataServiceEndpointMode",
    variables: [],
    outcome: "refused",
    note: "set AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE in the environment instead",
  },
  {
    variables: ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"],
    outcome: "honoured",
    note: "by the SDK",
  },
  {
    variables: [
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    ],
    outcome: "honoured",
    note: "by the SDK",
  },
  { key: "defaultTags", variables: [], outcome: "irrelevant", note: "a refresh has no tags" },
  { key: "ignoreTags", variables: [], outcome: "irrelevant", note: "a refresh has no tags" },
  {
    key: "tagPolicyCompliance",
    variables: ["TF_AWS_TAG_POLICY_COMPLIANCE"],
    outcome: "irrelevant",
    note: "a refresh has no tags",
  },
  {
    key: "maxRetries",
    variables: ["AWS_MAX_ATTEMPTS"],
    outcome: "irrelevant",
    note: "`customTimeouts` limit the time in all",
  },
  {
    key: "retryMode",
    variables: ["AWS_RETRY_MODE"],
    outcome: "irrelevant",
    note: "calls are repeated as suits a refresh",
  },
  {
    key: "tokenBucketRateLimiterCapacity",
    variables: [],
    outcome: "irrelevant",
    note: "calls are repeated as suits a refresh",
  },
  { key: "s3UsEast1RegionalEndpoint", variables: [], outcome: "irrelevant", note: "for another service" },
  { key: "s3UsePathStyle", variables: [], outcome: "irrelevant", note: "for another service" },
  {
    key: "skipCredentialsValidation",
    variables: ["AWS_SKIP_CREDENTIALS_VALIDATION"],
    outcome: "irrelevant",
    note: "credentials are not validated apart from calls",
  },
  { key: "skipRegionValidation", variables: [], outcome: "irrelevant", note: "regions are not validated here" },
  {
    key: "skipRequestingAccountId",
    variables: [],
    outcome: "irrelevant",
    note: "the account is asked for only where it matters",
  },
  { key: "userAgents", variables: [], outcome: "irrelevant", note: "marks calls for the vendor" },
];
