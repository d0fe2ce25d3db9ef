import { type AwsEmulator, startAwsEmulator } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
});
afterAll(() => aws.close());

type Template = { launchTemplateId: string; latestVersionNumber: string; defaultVersionNumber: string };
const template = async (operation: string, parameters: Record<string, string>) =>
  (await aws.ec2(operation, parameters)).launchTemplate as Template;
const data = (image: string) => ({ "LaunchTemplateData.ImageId": image });
const versions = async (parameters: Record<string, string>) => {
  const answer = await aws.ec2("DescribeLaunchTemplateVersions", parameters);
  const set = answer.launchTemplateVersionSet as { item: { versionNumber: string; launchTemplateData: object }[] } | "";
  return set === "" ? [] : set.item;
};
const names = async (parameters: Record<string, string>) => {
  const set = (await aws.ec2("DescribeLaunchTemplates", parameters)).launchTemplates as
    | { item: { launchTemplateName: string }[] }
    | "";
  return set === "" ? [] : set.item.map(({ launchTemplateName }) => launchTemplateName);
};

test("a template's data comes back in the form of an answer", async () => {
  await aws.ec2("CreateLaunchTemplate", {
    LaunchTemplateName: "full/app",
    VersionDescription: "first & best",
    "LaunchTemplateData.ImageId": "ami-one",
    "LaunchTemplateData.SecurityGroupId.1": "sg-1",
    "LaunchTemplateData.SecurityGroupId.2": "sg-2",
    "LaunchTemplateData.NetworkInterface.1.DeviceIndex": "0",
    "LaunchTemplateData.NetworkInterface.1.SecurityGroupId.1": "sg-3",
    "LaunchTemplateData.LicenseSpecification.1.LicenseConfigurationArn": "arn:license",
    "LaunchTemplateData.TagSpecification.1.ResourceType": "instance",
    "LaunchTemplateData.TagSpecification.1.Tag.1.Key": "a",
    "LaunchTemplateData.TagSpecification.1.Tag.1.Value": "b",
    "LaunchTemplateData.MetadataOptions.HttpTokens": "required",
  });
  expect(await versions({ LaunchTemplateName: "full/app" })).toMatchObject([
    {
      versionNumber: "1",
      versionDescription: "first & best",
      defaultVersion: "true",
      createdBy: "arn:aws:iam::123456789012:root",
      launchTemplateData: {
        imageId: "ami-one",
        securityGroupIdSet: { item: ["sg-1", "sg-2"] },
        networkInterfaceSet: { item: [{ deviceIndex: "0", groupSet: { groupId: "sg-3" } }] },
        licenseSet: { item: [{ licenseConfigurationArn: "arn:license" }] },
        tagSpecificationSet: { item: [{ resourceType: "instance", tagSet: { item: [{ key: "a", value: "b" }] } }] },
        metadataOptions: { httpTokens: "required" },
      },
    },
  ]);
});

test("versions are numbered, made from another, found by number and by name, and one is the default", async () => {
  const { launchTemplateId } = await template("CreateLaunchTemplate", {
    LaunchTemplateName: "web",
    ...data("ami-one"),
    "LaunchTemplateData.KeyName": "key",
  });
  await aws.ec2("CreateLaunchTemplateVersion", {
    LaunchTemplateId: launchTemplateId,
    ...data("ami-two"),
    SourceVersion: "1",
  });
  await aws.ec2("CreateLaunchTemplateVersion", { LaunchTemplateName: "web", ...data("ami-three") });
  const found = await versions({ LaunchTemplateId: launchTemplateId });
  expect(found.map(({ launchTemplateData }) => launchTemplateData)).toEqual([
    { imageId: "ami-three" },
    { imageId: "ami-two", keyName: "key" },
    { imageId: "ami-one", keyName: "key" },
  ]);

  const changed = await template("ModifyLaunchTemplate", { LaunchTemplateName: "web", SetDefaultVersion: "2" });
  expect(changed).toMatchObject({ latestVersionNumber: "3", defaultVersionNumber: "2" });
  const numbers = async (parameters: Record<string, string>) =>
    (await versions({ LaunchTemplateName: "web", ...parameters })).map(({ versionNumber }) => versionNumber);
  expect(await numbers({ "LaunchTemplateVersion.1": "$Default", "LaunchTemplateVersion.2": "$Latest" })).toEqual([
    "2",
    "3",
  ]);
  expect(await numbers({ MinVersion: "2", MaxVersion: "2" })).toEqual(["2"]);
  expect(await numbers({ "Filter.1.Name": "is-default-version", "Filter.1.Value.1": "true" })).toEqual(["2"]);
  expect(await numbers({ "Filter.1.Name": "image-id", "Filter.1.Value.1": "ami-one" })).toEqual(["1"]);
  await expect(numbers({ "LaunchTemplateVersion.1": "9" })).rejects.toThrow("InvalidLaunchTemplateId.VersionNotFound");
});

test("the latest versions of all templates are found at once", async () => {
  await aws.createTemplate("one-of-all", "ami-one", "ami-two");
  const found = await versions({ "LaunchTemplateVersion.1": "$Latest" });
  expect(found).toContainEqual(expect.objectContaining({ launchTemplateName: "one-of-all", versionNumber: "2" }));
  await expect(versions({})).rejects.toThrow("MissingParameter");
});

test("a repeated client token makes nothing new", async () => {
  const create = { LaunchTemplateName: "token", ClientToken: "t-1", ...data("ami-one") };
  expect(await template("CreateLaunchTemplate", create)).toEqual(await template("CreateLaunchTemplate", create));
  const version = { LaunchTemplateName: "token", ClientToken: "t-2", ...data("ami-two") };
  await aws.ec2("CreateLaunchTemplateVersion", version);
  await aws.ec2("CreateLaunchTemplateVersion", version);
  expect(await versions({ LaunchTemplateName: "token" })).toHaveLength(2);
});

test("templates are found by id, name and tag, page by page, until they are deleted", async () => {
  const tag = (name: string) => ({
    LaunchTemplateName: name,
    ...data("ami-one"),
    "TagSpecification.1.ResourceType": "launch-template",
    "TagSpecification.1.Tag.1.Key": "team",
    "TagSpecification.1.Tag.1.Value": "red",
  });
  const { launchTemplateId } = await template("CreateLaunchTemplate", tag("tagged-1"));
  await template("CreateLaunchTemplate", tag("tagged-2"));
  const byTag = { "Filter.1.Name": "tag:team", "Filter.1.Value.1": "red" };
  expect(await names({ "LaunchTemplateId.1": launchTemplateId })).toEqual(["tagged-1"]);
  expect(await names({ "LaunchTemplateName.1": "tagged-2", "LaunchTemplateName.2": "tagged-1" })).toEqual([
    "tagged-2",
    "tagged-1",
  ]);
  expect(await names(byTag)).toEqual(["tagged-1", "tagged-2"]);
  expect(await names({ "Filter.1.Name": "tag-key", "Filter.1.Value.1": "team" })).toHaveLength(2);
  expect(await names({ "Filter.1.Name": "launch-template-name", "Filter.1.Value.1": "tagged-2" })).toEqual([
    "tagged-2",
  ]);
  const { nextToken } = (await aws.ec2("DescribeLaunchTemplates", { ...byTag, MaxResults: "1" })) as {
    nextToken: string;
  };
  expect(await names({ ...byTag, MaxResults: "1", NextToken: nextToken })).toEqual(["tagged-2"]);
  await aws.ec2("DeleteLaunchTemplate", { LaunchTemplateId: launchTemplateId });
  expect(await names(byTag)).toEqual(["tagged-2"]);
});

test.each([
  ["CreateLaunchTemplate", data("ami-one"), "MissingParameter"],
  ["CreateLaunchTemplate", { LaunchTemplateName: "nothing" }, "MissingParameter"],
  ["CreateLaunchTemplate", { LaunchTemplateName: "a:b", ...data("ami-one") }, "InvalidParameterValue"],
  ["CreateLaunchTemplateVersion", data("ami-one"), "MissingParameter"],
  [
    "CreateLaunchTemplateVersion",
    { LaunchTemplateName: "nobody", ...data("a") },
    "InvalidLaunchTemplateName.NotFoundException",
  ],
  ["ModifyLaunchTemplate", { LaunchTemplateId: "lt-0", SetDefaultVersion: "1" }, "InvalidLaunchTemplateId.NotFound"],
  ["DeleteLaunchTemplate", { LaunchTemplateId: "web" }, "InvalidLaunchTemplateId.Malformed"],
  ["DescribeLaunchTemplates", { "LaunchTemplateName.1": "nobody" }, "InvalidLaunchTemplateName.NotFoundException"],
  ["DescribeLaunchTemplates", { MaxResults: "many" }, "InvalidParameterValue"],
  ["RunInstances", {}, "InvalidAction"],
])("%s with %j is refused", async (operation, parameters, code) => {
  await expect(aws.ec2(operation, parameters)).rejects.toThrow(code);
});

test("a template's name is taken only once", async () => {
  await aws.createTemplate("taken", "ami-one");
  await expect(aws.createTemplate("taken", "ami-one")).rejects.toThrow(
    "InvalidLaunchTemplateName.AlreadyExistsException",
  );
});
