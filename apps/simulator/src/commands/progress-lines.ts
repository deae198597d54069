import type { Fleet } from '../fleet/fleet.ts'
import type { Io } from './io.ts'

/** Lines about how far a fleet is. */
export interface ProgressLines {
  enrolled(count: number): void
  close(): void
}

const pace = 1_000

/** Says how many devices are enrolled and how many have collected a manifest: when it changes, at most once a second. */
export function progressLines(fleet: Fleet, { stderr }: Io): ProgressLines {
  const total = fleet.devices.length
  let enrolled = 0
  let said = ''
  const say = (): void => {
    const line =
      enrolled < total
        ? `enrolled ${enrolled}/${total}`
        : `enrolled ${enrolled}/${total}, synced ${fleet.synced}/${total}`
    if (line !== said) stderr(line)
    said = line
  }
  const timer = setInterval(say, pace)
  return {
    enrolled(count) {
      enrolled = count
      if (count === total) say()
    },
    close: () => clearInterval(timer),
  }
}
