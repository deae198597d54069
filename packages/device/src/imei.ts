import { seededBytes } from './seeded.ts'

/** The IMEI of an iPhone, as it writes it. */
export function imei(seed: string): string {
  const digits = [...seededBytes(seed, 'imei')].map((byte) => byte % 10).join('')
  return `35 ${digits.slice(0, 6)} ${digits.slice(6, 12)} ${digits.slice(12, 13)}`
}
