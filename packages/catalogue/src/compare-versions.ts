/**
 * Orders OS versions: negative when `a` is older, positive when it is newer, 0 when they are equal. Numbers between dots
 * are compared as numbers, and a missing one is 0 (`15` equals `15.0`); what follows a number (`16.1 (a)`) is not looked at.
 */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.')
  const right = b.split('.')
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = numberOf(left[index]) - numberOf(right[index])
    if (difference !== 0) return difference
  }
  return 0
}

function numberOf(part: string | undefined): number {
  const number = Number.parseInt(part ?? '0', 10)
  return Number.isFinite(number) ? number : 0
}
