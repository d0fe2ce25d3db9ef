/** Address of the API. */

/** A host is reached by HTTPS unless the address says otherwise. */
export function addressOf(endpoint: string): string {
  return endpoint.includes("://") ? endpoint : `https://${endpoint}`;
}
