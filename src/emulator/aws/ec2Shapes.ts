import { z } from "zod";
import { integer, list, text } from "./members";
import type { Parameters } from "./query";

/** The requests about launch templates. */

const templateName = text({ min: 3, max: 128 }).regex(/^[a-zA-Z0-9().\-/_]+$/);
const data = z.custom<Parameters>((value) => typeof value === "object" && value !== null);
const tags = list(z.object({ Key: text(), Value: text().default("") }));
const filters = list(z.object({ Name: text(), Value: list(text()) }));
const reference = { LaunchTemplateId: text().optional(), LaunchTemplateName: text().optional() };
const paging = { MaxResults: integer().optional(), NextToken: text().optional() };

export const createLaunchTemplate = z.object({
  ClientToken: text().optional(),
  LaunchTemplateName: templateName,
  VersionDescription: text({ max: 255 }).optional(),
  LaunchTemplateData: data,
  TagSpecification: list(z.object({ ResourceType: text().optional(), Tag: tags.optional() })).optional(),
});

export const createLaunchTemplateVersion = z.object({
  ...reference,
  ClientToken: text().optional(),
  SourceVersion: text().optional(),
  VersionDescription: text({ max: 255 }).optional(),
  LaunchTemplateData: data,
});

export const modifyLaunchTemplate = z.object({ ...reference, SetDefaultVersion: text().optional() });

export const deleteLaunchTemplate = z.object(reference);

export const describeLaunchTemplates = z.object({
  ...paging,
  LaunchTemplateId: list(text()).optional(),
  LaunchTemplateName: list(text()).optional(),
  Filter: filters.optional(),
});

export const describeLaunchTemplateVersions = z.object({
  ...reference,
  ...paging,
  LaunchTemplateVersion: list(text()).optional(),
  MinVersion: integer().optional(),
  MaxVersion: integer().optional(),
  Filter: filters.optional(),
});

export type Filter = z.output<typeof filters>[number];
