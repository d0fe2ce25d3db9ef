/** The addresses of the clouds' metadata services, which no setting of a client changes: requests may name them. */
export const metadataAddresses = ["100.100.100.200", "169.254.169.254", "[fd00:ec2::254]"];
