/** Resources of one kind, as many as the environment says, each for a group of its own. */
const { RESOURCE_HOST, COUNT, IMAGE } = process.env;

const classes = {
  nothing: () => require("./nothing.js").Nothing,
  bare: () => require("./bare.js").Bare,
  calls: () => require("./bare.js").Bare,
  dynamic: () => require("pulumi-instance-refresh").ess.InstanceRefresh,
  plugin: () => require("pulumi-instance-refresh/plugin").ess.InstanceRefresh,
};
const Resource = classes[RESOURCE_HOST]();

if (process.env.WAVE) {
  const { Rollout } = require("pulumi-instance-refresh/constructs");
  new Rollout("bench", { waves: [{ name: "all", refreshes: declare }] });
} else declare();

function declare(opts) {
  for (let index = 0; index < Number(COUNT); index++) {
    new Resource(`r${index}`, { scalingGroupId: `asg-${index}`, desiredConfigurationImageId: IMAGE }, opts);
  }
}
