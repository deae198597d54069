const smallest = -(2n ** 63n)
const largest = 2n ** 64n - 1n

/** What a property list can hold: signed 64 bits, and unsigned 64 bits. */
export function isPlistInteger(value: bigint): boolean {
  return value >= smallest && value <= largest
}

/** A safe integer as `number`, others as they are. */
export function narrow(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}
