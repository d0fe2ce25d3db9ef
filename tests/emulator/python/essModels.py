"""Prints the response models of the vendor's SDK, and those of the request that starts a refresh, as JSON: class, member as it is sent, type."""

import inspect
import json
import re

from alibabacloud_ess20220222 import models


def members(model):
    source = inspect.getsource(model.to_map)
    sent = {name.replace(".", "").lower(): name for name in re.findall(r"result\['([\w.]+)'\]", source)}
    arguments = inspect.signature(model.__init__).parameters.items()
    return {
        sent[name.replace("_", "").lower()]: str(argument.annotation).replace("main_models.", "")
        for name, argument in arguments
        if name != "self" and name.replace("_", "").lower() in sent
    }


print(
    json.dumps(
        {
            name: members(model)
            for name, model in vars(models).items()
            if inspect.isclass(model) and ("ResponseBody" in name or name.startswith("StartInstanceRefresh"))
        }
    )
)
