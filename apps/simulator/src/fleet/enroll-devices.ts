import type { Clock, Device, Way } from '@edict/device'
import { atOnce } from './at-once.ts'
import type { EnrollFailure } from './fleet.ts'
import { isRefusal } from './is-refusal.ts'

export interface Enrolling {
  readonly clock: Clock
  /** How many devices at the same time. */
  readonly limit: number
  /** Gives the way for one device; it is good for all attempts. */
  readonly way: (() => Promise<Way>) | undefined
  /** Also after each attempt that failed. */
  readonly attempted: (device: Device) => void
  readonly progress: (enrolled: number) => void
  /** Whether to go no further. */
  readonly stopped: () => boolean
}

const attempts = 6
const firstWait = 250

/** Whether a device has all its push tokens, which is what an enrollment ends with. */
function isEnrolled(device: Device): boolean {
  return device.channels().every(({ pushToken }) => pushToken !== null)
}

/**
 * Enrolls devices as a person would: who gets no answer, or one that is no refusal, tries again, six times within eight
 * seconds. When the first to give up finds that nobody has got in yet, the others are not tried.
 */
export async function enrollDevices(devices: readonly Device[], options: Enrolling): Promise<readonly EnrollFailure[]> {
  const { clock, limit, way, attempted, progress, stopped } = options
  const failures: EnrollFailure[] = []
  const waiting = devices.filter((device) => !isEnrolled(device))
  let enrolled = devices.length - waiting.length
  const known = enrolled
  progress(enrolled)

  const one = async (device: Device): Promise<void> => {
    let given: Way | undefined
    let failure: unknown = new Error('Cannot enroll: the others could not either')
    for (let attempt = 0; attempt < attempts && !stopped(); attempt += 1) {
      if (attempt > 0) await pause(clock, firstWait * 2 ** (attempt - 1))
      if (failures.length > 0 && enrolled === known) break
      try {
        given ??= await way?.()
        await device.enroll(given)
        enrolled += 1
        progress(enrolled)
        return
      } catch (error) {
        failure = error
        if (isRefusal(error)) break
      } finally {
        attempted(device)
      }
    }
    failures.push({ device, error: failure })
  }
  await atOnce(limit, waiting, one)
  return failures
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.schedule(clock.now() + ms, resolve))
}
