/** Gives the provider the options as the stack's transforms leave them: the engine applies those, after the program. */
import * as pulumi from "@pulumi/pulumi";

/** Pulumi's server for what the engine calls back; there is none until the program registers a transform. */
interface Callbacks {
  awaitStackRegistrations(): Promise<void>;
}

/** Private to Pulumi. Where it is no longer there, the options count as the program gave them. */
const state = require("@pulumi/pulumi/runtime/state") as { getStore?(): { readonly callbacks?: Callbacks } };

const TYPE = /^pulumi-nodejs:dynamic\/\w+:InstanceRefresh$/;

let followed: { readonly callbacks: Callbacks; readonly registered: Promise<void> } | undefined;

/**
 * Registers one transform per program, after those that the program has registered by now. Where there are none, the engine
 * is spared a call for each resource of the program.
 * @returns when it is registered: Pulumi registers no resource before that once a property waits for it
 */
export async function followTransforms(): Promise<void> {
  const callbacks = state.getStore?.().callbacks;
  if (callbacks === undefined) return;
  if (followed?.callbacks !== callbacks) followed = { callbacks, registered: register(callbacks) };
  await followed.registered;
}

async function register(callbacks: Callbacks): Promise<void> {
  // Two registrations at once arrive in any order.
  await callbacks.awaitStackRegistrations();
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) => {
    const internals = TYPE.test(type) ? internalsOf(opts) : {};
    return Object.keys(internals).length > 0 ? { props: { ...props, ...internals }, opts } : undefined;
  });
}

function internalsOf({ customTimeouts, replaceOnChanges }: pulumi.CustomResourceOptions): pulumi.Inputs {
  // The engine's protocol has an empty text for what is not set.
  const set = Object.entries(customTimeouts ?? {}).filter(([, time]) => time);
  return {
    ...(set.length > 0 ? { __customTimeouts: Object.fromEntries(set) } : {}),
    ...(replaceOnChanges && replaceOnChanges.length > 0 ? { __replaceOnChanges: replaceOnChanges } : {}),
  };
}
