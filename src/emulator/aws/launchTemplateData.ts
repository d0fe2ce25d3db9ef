import type { Member, Members } from "./answers";
import { elements, type Parameter, type Parameters } from "./query";

/**
 * Launch template data as EC2 gives it back: names begin with a small letter, and lists, which are numbered in the
 * request, end in `Set`.
 */
export function answeredLaunchTemplateData(data: Parameters, structure = ""): Members {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      const items = value === "" ? undefined : elements(value);
      if (!items) return [small(name), answered(value, name)];
      return [listNames.get(`${structure}.${name}`) ?? `${small(name)}Set`, items.map((item) => answered(item, name))];
    }),
  );
}

// Lists whose name in the answer is not made from the one in the request.
const listNames: ReadonlyMap<string, string> = new Map([
  [".LicenseSpecification", "licenseSet"],
  ["NetworkInterface.SecurityGroupId", "groupSet"],
]);

function answered(value: Parameter, structure: string): Member {
  return typeof value === "string" ? value : answeredLaunchTemplateData(value, structure);
}

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
