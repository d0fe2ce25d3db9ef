/** A resource of a plugin that does nothing: beside it, what a plugin of this package adds. */
const { CustomResource } = require("@pulumi/pulumi");

exports.Bare = class Bare extends CustomResource {
  constructor(name, args) {
    super("bare:index:Bare", name, args);
  }
};
