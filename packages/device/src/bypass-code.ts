import { seededHex } from './seeded.ts'

/** The code that opens an activation lock: a new one for each enrollment, in groups as Apple writes it. */
export function bypassCode(seed: string, enrollment: number): string {
  const digits = seededHex(seed, 'bypass', enrollment).toUpperCase()
  return [digits.slice(0, 5), digits.slice(5, 10), ...[10, 14, 18, 22].map((at) => digits.slice(at, at + 4))].join('-')
}
