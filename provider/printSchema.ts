/** `npm run --silent schema`: the plugin's schema on standard output. */
import { packageSchema } from "./schema";

console.log(JSON.stringify(packageSchema(), undefined, 2));
