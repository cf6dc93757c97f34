/** Every function, and everything the cloud does of its own accord, signs with an access key of its own. */
const prefixes = { function: 'LOCALFN-', poller: 'LOCALPOLL-' } as const;

export const deploymentKey = 'LOCALDEPLOY';
export const platformKey = 'LOCALPLATFORM';
export const functionKey = (name: string): string => `${prefixes.function}${name}`;
export const pollerKey = (name: string): string => `${prefixes.poller}${name}`;

export function callerOf(accessKeyId: string): string {
  if (accessKeyId.startsWith(prefixes.function)) return accessKeyId.slice(prefixes.function.length);
  if (accessKeyId.startsWith(prefixes.poller)) return `poller:${accessKeyId.slice(prefixes.poller.length)}`;
  if (accessKeyId === deploymentKey) return 'deployment';
  return accessKeyId === platformKey ? 'platform' : accessKeyId;
}
