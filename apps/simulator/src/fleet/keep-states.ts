import type { Clock, DeviceState } from '@edict/device'
import type { Fleet } from './fleet.ts'
import { deviceKey } from './start-fleet.ts'
import { writeStates } from './state-file.ts'

export interface KeepStatesOptions {
  readonly path: string
  readonly fleet: Fleet
  readonly clock: Clock
  /** States read from the same file; those of devices that are not in the fleet are kept. */
  readonly states: ReadonlyMap<string, DeviceState>
  readonly onProblem: (message: string) => void
}

/** A file that follows a fleet. */
export interface KeptStates {
  /** No write is going on. */
  idle(): Promise<void>
  /** Writes the last state and ends. Rejects when it cannot be written. */
  close(): Promise<void>
}

const pace = 2_000
// Of a large fleet the states are tens of megabytes: writing takes a tenth of the time at most.
const share = 10

/** Writes a fleet's state to a file when something changed, at most every two seconds. */
export function keepStates({ path, fleet, clock, states, onProblem }: KeepStatesOptions): KeptStates {
  let saved = fleet.changes
  let writing: Promise<void> = Promise.resolve()
  const write = async (): Promise<void> => {
    const now = fleet.changes
    if (now === saved) return
    await writeStates(path, withAbsent(fleet, states))
    saved = now
  }
  const tick = (): void => {
    const began = clock.now()
    writing = write()
      .catch((error: Error) => onProblem(`Cannot save the state to ${path}: ${error.message}`))
      .then(() => {
        const wait = Math.max(pace, (clock.now() - began) * share)
        if (!closed) cancel = clock.schedule(clock.now() + wait, tick)
      })
  }
  let closed = false
  let cancel = clock.schedule(clock.now() + pace, tick)
  return {
    idle: () => writing,
    async close() {
      closed = true
      cancel()
      await writing
      await write()
    },
  }
}

function* withAbsent(fleet: Fleet, states: ReadonlyMap<string, DeviceState>): Iterable<DeviceState> {
  const present = new Set<string>()
  for (const state of fleet.save()) {
    present.add(deviceKey(state))
    yield state
  }
  for (const [key, state] of states) if (!present.has(key)) yield state
}
