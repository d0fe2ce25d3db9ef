/** `npm run --silent schema`: the plugin's schema on standard output. */
import { packageSchema } from "./schema";

packageSchema().then((schema) => console.log(JSON.stringify(schema, undefined, 2)));
