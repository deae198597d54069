/** A build in the manner of Apple's for an OS version: `26.4.2` gives `25E202`. The same version gives the same build. */
export function buildVersion(osVersion: string): string {
  const [major = 0, minor = 0, patch = 0] = osVersion.split('.').map((part) => Number.parseInt(part, 10) || 0)
  return `${Math.max(major - 1, 1)}${String.fromCharCode(65 + (minor % 26))}${200 + patch}`
}
