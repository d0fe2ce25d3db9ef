"""Prints the models of botocore for the services of the emulator as JSON: shapes, and the output of each operation."""

import json

from botocore.loaders import Loader


def shape(model):
    kept = {name: model[name] for name in ("type", "required", "enum", "flattened") if name in model}
    if "members" in model:
        kept["members"] = {
            member.get("locationName", name): member["shape"] for name, member in model["members"].items()
        }
        kept["required"] = [
            model["members"][name].get("locationName", name) for name in model.get("required", [])
        ]
    if "member" in model:
        kept["member"] = model["member"]["shape"]
        kept["element"] = model["member"].get("locationName", "member")
    return kept


def service(name):
    model = Loader().load_service_model(name, "service-2")
    return {
        "operations": {
            operation: {
                "output": described.get("output", {}).get("shape"),
                "wrapper": described.get("output", {}).get("resultWrapper"),
            }
            for operation, described in model["operations"].items()
        },
        "shapes": {name: shape(described) for name, described in model["shapes"].items()},
    }


names = {"autoscaling": "autoscaling", "ec2": "ec2", "sts": "sts", "monitoring": "cloudwatch"}
print(json.dumps({ours: service(theirs) for ours, theirs in names.items()}))
