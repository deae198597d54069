import type { Clock } from '@edict/device'
import type { Fleet } from '../fleet/fleet.ts'
import type { ScriptStep } from './read-script.ts'

export interface RunScriptOptions {
  readonly steps: readonly ScriptStep[]
  readonly fleet: Fleet
  readonly clock: Clock
  /** A device would not have it. */
  readonly onProblem: (message: string) => void
}

/** Lets the steps happen on the clock, counted from now; the result cancels those still to come. */
export function runScript({ steps, fleet, clock, onProblem }: RunScriptOptions): () => void {
  const start = clock.now()
  const cancels = steps.map(({ at, devices, event }) =>
    clock.schedule(start + at * 1000, () => {
      for (const device of devices) {
        try {
          fleet.apply(device, event)
        } catch (error) {
          onProblem(`${event.type} at ${at} s to ${device.id}: ${error instanceof Error ? error.message : error}`)
        }
      }
    }),
  )
  return () => {
    for (const cancel of cancels) cancel()
  }
}
