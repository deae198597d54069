import { type Answered, shownBody } from '@edict/core'
import type { Trace } from '../device/trace.ts'
import type { Services } from '../services.ts'

/** Characters that are kept of a body. */
const MOST = 16 * 1024

/** What went over the wire. */
interface Octets {
  readonly request: Uint8Array
  readonly answer: Uint8Array
}

/** Puts one request of a device, and what it was answered, into the trace of its channel. */
export function keepSaid(
  { enrollment, said, command }: Pick<Trace, 'enrollment' | 'said' | 'command'>,
  answer: Answered,
  octets: Octets,
  { tracer, now, settings }: Pick<Services, 'tracer' | 'now' | 'settings'>,
): void {
  if (enrollment === null || said === null) return
  const at = now()
  const bodies = settings.traceBodies ? bodiesOf(octets) : {}
  tracer.add({ ...said, enrollment, at, answer, ...bodies })
  if (command !== null && answer.status === 200) {
    tracer.add({ ...command, kind: 'command', enrollment, at, flaws: [] })
  }
}

function bodiesOf(octets: Octets) {
  const [request, answer] = [shownBody(octets.request, MOST), shownBody(octets.answer, MOST)]
  if (request === undefined && answer === undefined) return {}
  return {
    bodies: { ...(request === undefined ? {} : { request }), ...(answer === undefined ? {} : { answer }) },
  }
}
