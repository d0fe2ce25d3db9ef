/** What is known of EC2 Auto Scaling, and what of it is ours. */
import { awsOperationFacts } from "./awsOperations";
import { awsRefreshFacts } from "./awsRefreshes";

export const awsFacts = [...awsRefreshFacts, ...awsOperationFacts];
