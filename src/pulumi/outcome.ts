/** How a refresh of the wave ended. */
export interface Outcome {
  /** Of its resource. */
  name: string;
  id: string;
  /** The cloud's word; absent when no refresh was needed, or the program does not wait for it. */
  status?: string;
  /** By the cloud's clock, ISO 8601; null where there is no status. */
  endTime: string | null;
}
