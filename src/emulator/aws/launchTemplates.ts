import { AwsError } from "./errors";
import type { LaunchTemplateSpecification } from "./launchConfigurationShapes";
import type { Parameters } from "./query";

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly description: string | undefined;
  readonly createTime: Date;
  /** As the client has sent it. */
  readonly data: Parameters;
}

export interface LaunchTemplate {
  readonly id: string;
  readonly name: string;
  readonly createTime: Date;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  defaultVersion: number;
  /** In the order of their numbers, which begin at 1. */
  readonly versions: LaunchTemplateVersion[];
}

/** The name or the id of a template. */
export type LaunchTemplateReference = Pick<LaunchTemplateSpecification, "LaunchTemplateId" | "LaunchTemplateName">;

/** The launch templates of one region. */
export class LaunchTemplates {
  private readonly byId = new Map<string, LaunchTemplate>();

  constructor(
    private readonly newId: (prefix: string) => string,
    private readonly now: () => Date,
  ) {}

  all(): LaunchTemplate[] {
    return [...this.byId.values()];
  }

  create(
    name: string,
    description: string | undefined,
    data: Parameters,
    tags: LaunchTemplate["tags"],
  ): LaunchTemplate {
    // fact: aws-template-codes
    if (this.all().some((template) => template.name === name))
      throw new AwsError(
        "InvalidLaunchTemplateName.AlreadyExistsException",
        400,
        "Launch template name already in use.",
      );
    const template = { id: this.newId("lt-"), name, createTime: this.now(), tags, defaultVersion: 1, versions: [] };
    this.byId.set(template.id, template);
    this.addVersion(template, description, data);
    return template;
  }

  addVersion(template: LaunchTemplate, description: string | undefined, data: Parameters): LaunchTemplateVersion {
    const version = { number: template.versions.length + 1, description, createTime: this.now(), data };
    template.versions.push(version);
    return version;
  }

  delete(template: LaunchTemplate): void {
    this.byId.delete(template.id);
  }

  /** @throws AwsError when there is no such template */
  find(reference: LaunchTemplateReference): LaunchTemplate {
    const { LaunchTemplateId: id, LaunchTemplateName: name } = reference;
    // fact: aws-template-codes
    if (id !== undefined && !id.startsWith("lt-"))
      throw new AwsError("InvalidLaunchTemplateId.Malformed", 400, `Invalid id: "${id}" (expecting "lt-...")`);
    const template = id !== undefined ? this.byId.get(id) : this.all().find((candidate) => candidate.name === name);
    if (template) return template;
    // fact: aws-template-codes
    throw id !== undefined
      ? new AwsError(
          "InvalidLaunchTemplateId.NotFound",
          400,
          `The specified launch template, with template ID ${id}, does not exist.`,
        )
      : new AwsError(
          "InvalidLaunchTemplateName.NotFoundException",
          400,
          `The specified launch template, with template name ${name}, does not exist.`,
        );
  }

  /**
   * The version that a group launches from now.
   *
   * @param version a number, `$Latest` or `$Default`; left out it means `$Default`
   * @throws AwsError when there is no such version
   */
  version(template: LaunchTemplate, version = "$Default"): LaunchTemplateVersion {
    const number =
      version === "$Latest"
        ? template.versions.length
        : version === "$Default"
          ? template.defaultVersion
          : Number(version);
    const found = template.versions.find((candidate) => candidate.number === number);
    if (found) return found;
    // fact: aws-template-codes
    throw new AwsError(
      "InvalidLaunchTemplateId.VersionNotFound",
      400,
      `Could not find the specified version ${version} for the launch template with ID ${template.id}.`,
    );
  }
}
