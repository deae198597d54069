import { createHash } from 'node:crypto'

/** 32 bytes that follow from a seed and a purpose, and look arbitrary. */
export function seededBytes(seed: string, ...purpose: readonly (string | number)[]): Uint8Array {
  return new Uint8Array(
    createHash('sha256')
      .update(JSON.stringify([seed, ...purpose]))
      .digest(),
  )
}

export function seededHex(seed: string, ...purpose: readonly (string | number)[]): string {
  return Buffer.from(seededBytes(seed, ...purpose))
    .toString('hex')
    .toUpperCase()
}

/** In the form of a version 4 UUID, in capitals as Apple writes them. */
export function seededUUID(seed: string, ...purpose: readonly (string | number)[]): string {
  const hex = seededHex(seed, ...purpose)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A number from 0 to, not including, 1. */
export function seededFraction(seed: string, ...purpose: readonly (string | number)[]): number {
  return new DataView(seededBytes(seed, ...purpose).buffer).getUint32(0) / 2 ** 32
}
