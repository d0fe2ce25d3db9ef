/**
 * Every setting that the bridged provider documents, and what happens to it here. A refresh acts as the same identity as the
 * rest of the program: what decides that is honoured, or refused by its name.
 */
import type { DocumentedSetting } from "../common/settings";

const ROLE = "assumeRole";
const OIDC = "assumeRoleWithOidc";

export const documentedSettings: readonly DocumentedSetting[] = [
  {
    key: "accessKey",
    variables: ["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
    outcome: "honoured",
  },
  {
    key: "secretKey",
    variables: ["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"],
    outcome: "honoured",
  },
  {
    key: "securityToken",
    variables: ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
    outcome: "honoured",
  },
  {
    key: "region",
    variables: ["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION", "ALIBABA_CLOUD_REGION_ID"],
    outcome: "honoured",
    note: "else the `region_id` of the profile",
  },
  { key: "profile", variables: ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"], outcome: "honoured" },
  {
    key: "sharedCredentialsFile",
    variables: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
    outcome: "honoured",
    note: "else `~/.aliyun/config.json`",
  },
  { key: "ecsRoleName", variables: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"], outcome: "honoured" },
  {
    key: "credentialsUri",
    variables: ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
    outcome: "honoured",
  },
  {
    key: `${ROLE}.roleArn`,
    variables: ["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN"],
    outcome: "honoured",
    note: "the variables count where `assumeRole` is set without it, as in the bridged provider",
  },
  {
    key: `${ROLE}.sessionName`,
    variables: ["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"],
    outcome: "honoured",
  },
  { key: `${ROLE}.sessionExpiration`, variables: ["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"], outcome: "honoured" },
  { key: `${ROLE}.policy`, variables: [], outcome: "honoured" },
  { key: `${ROLE}.externalId`, variables: [], outcome: "honoured" },
  { key: `${OIDC}.oidcProviderArn`, variables: ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"], outcome: "honoured" },
  { key: `${OIDC}.oidcTokenFile`, variables: ["ALIBABA_CLOUD_OIDC_TOKEN_FILE"], outcome: "honoured" },
  {
    key: `${OIDC}.oidcToken`,
    variables: ["ALIBABA_CLOUD_OIDC_TOKEN"],
    outcome: "refused",
    note: "a token in the configuration cannot be renewed: name a file in `oidcTokenFile`",
  },
  { key: `${OIDC}.roleArn`, variables: ["ALIBABA_CLOUD_ROLE_ARN"], outcome: "honoured" },
  { key: `${OIDC}.roleSessionName`, variables: ["ALIBABA_CLOUD_ROLE_SESSION_NAME"], outcome: "honoured" },
  { key: `${OIDC}.policy`, variables: [], outcome: "honoured" },
  { key: `${OIDC}.sessionExpiration`, variables: [], outcome: "honoured" },
  { key: "endpoints.ess", variables: ["ALIBABA_CLOUD_ENDPOINT_ESS", "ESS_ENDPOINT"], outcome: "honoured" },
  { key: "endpoints.sts", variables: ["ALIBABA_CLOUD_ENDPOINT_STS", "STS_ENDPOINT"], outcome: "honoured" },
  { key: "protocol", variables: [], outcome: "honoured", note: "for an address without a scheme" },
  {
    key: "sourceIp",
    variables: ["ALICLOUD_SOURCE_IP", "ALIBABA_CLOUD_SOURCE_IP"],
    outcome: "refused",
    note: "it is not sent with the calls of a refresh: remove it, or use another role",
  },
  {
    key: "secureTransport",
    variables: ["ALICLOUD_SECURE_TRANSPORT", "ALIBABA_CLOUD_SECURE_TRANSPORT"],
    outcome: "refused",
    note: "it is not sent with the calls of a refresh: remove it, or use another role",
  },
  {
    key: "securityTransport",
    variables: ["ALICLOUD_SECURITY_TRANSPORT", "ALIBABA_CLOUD_SECURITY_TRANSPORT"],
    outcome: "refused",
    note: "it is not sent with the calls of a refresh: remove it, or use another role",
  },
  {
    key: "accountId",
    variables: ["ALICLOUD_ACCOUNT_ID", "ALIBABA_CLOUD_ACCOUNT_ID"],
    outcome: "irrelevant",
    note: "for other services only",
  },
  {
    key: "accountType",
    variables: ["ALIBABA_CLOUD_ACCOUNT_TYPE"],
    outcome: "irrelevant",
    note: "for other services only",
  },
  {
    key: "clientConnectTimeout",
    variables: ["CLIENT_CONNECT_TIMEOUT"],
    outcome: "irrelevant",
    note: "calls have limits of their own",
  },
  {
    key: "clientReadTimeout",
    variables: ["CLIENT_READ_TIMEOUT"],
    outcome: "irrelevant",
    note: "calls have limits of their own",
  },
  {
    key: "maxRetryTimeout",
    variables: ["MAX_RETRY_TIMEOUT"],
    outcome: "irrelevant",
    note: "`customTimeouts` limit the time in all",
  },
  {
    key: "configurationSource",
    variables: ["TF_APPEND_USER_AGENT"],
    outcome: "irrelevant",
    note: "marks calls for the vendor",
  },
  { key: "features", variables: [], outcome: "irrelevant", note: "for other resources only" },
  { key: "fc", variables: [], outcome: "irrelevant", note: "for other services only" },
  { key: "logEndpoint", variables: [], outcome: "irrelevant", note: "for other services only" },
  { key: "mnsEndpoint", variables: [], outcome: "irrelevant", note: "for other services only" },
  { key: "otsInstanceName", variables: [], outcome: "irrelevant", note: "for other services only" },
  { key: "signVersion", variables: [], outcome: "irrelevant", note: "for other services only" },
  {
    key: "skipRegionValidation",
    variables: ["ALICLOUD_SKIP_REGION_VALIDATION"],
    outcome: "irrelevant",
    note: "regions are not validated here",
  },
  { variables: ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"], outcome: "honoured", note: "also in small letters" },
  { variables: ["ALIBABA_CLOUD_STS_REGION"], outcome: "honoured", note: "region of the STS that assumes roles" },
  {
    variables: [
      "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
      "ALIBABA_CLOUD_ECS_METADATA_DISABLED",
      "ALIBABA_CLOUD_IMDSV1_DISABLED",
      "ALIBABA_CLOUD_CLI_PROFILE_DISABLED",
    ],
    outcome: "honoured",
    note: "by the vendor's own chain of credentials",
  },
];
