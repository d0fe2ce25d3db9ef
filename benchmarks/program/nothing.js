/** The least that a dynamic resource can be: it takes what a refresh takes, and does nothing. */
const { dynamic } = require("@pulumi/pulumi");

const provider = {
  async create(inputs) {
    return { id: inputs.scalingGroupId, outs: inputs };
  },
};

exports.Nothing = class Nothing extends dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args);
  }
};
