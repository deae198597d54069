import type { Answered } from '@edict/core'
import type { Trace } from '../device/trace.ts'
import type { Services } from '../services.ts'

/** Puts one request of a device, and what it was answered, into the trace of its channel. */
export function keepSaid(
  { enrollment, said, command }: Pick<Trace, 'enrollment' | 'said' | 'command'>,
  answer: Answered,
  { tracer, now }: Pick<Services, 'tracer' | 'now'>,
): void {
  if (enrollment === null || said === null) return
  const at = now()
  tracer.add({ ...said, enrollment, at, answer })
  if (command !== null && answer.status === 200) {
    tracer.add({ ...command, kind: 'command', enrollment, at, flaws: [] })
  }
}
