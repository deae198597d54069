import { ipad, type Wire } from './wire.ts'

/** Runs work over many things, some at a time. */
export async function inParallel<T>(
  things: readonly T[],
  width: number,
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const queue = things.values()
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const thing of queue) await work(thing)
    }),
  )
}

/** Devices that enrolled and have not connected yet: behind, so that a change wakes them. */
export async function enrolledFleet(url: string, name: string, count: number): Promise<readonly Wire[]> {
  const fleet = Array.from({ length: count }, (_, index) => ipad(url, `${name}-${index}`))
  await inParallel(fleet, 32, (device) => device.enroll())
  return fleet
}

/** The push token of a wire device, as the push service sees it. */
export function pushTokenOf(device: Wire): string {
  return Buffer.from(`token of ${device.id}`).toString('hex')
}
