import type { Members } from "./answers";
import type { Container } from "./state";

export function containerMembers(container: Container): Members {
  return {
    ...container.settings,
    Name: container.name,
    Image: container.image,
    Commands: container.commands,
    Args: container.args,
    EnvironmentVars: container.environmentVars.map(({ key, value, fieldRefFieldPath }) => ({
      Key: key,
      Value: value,
      FieldRefFieldPath: fieldRefFieldPath,
    })),
  };
}
