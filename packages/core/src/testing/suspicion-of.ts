import type { Cause, Suspicion } from '../diagnosis/cause.ts'
import { historyOf } from '../diagnosis/history.ts'
import { stageOf } from '../diagnosis/stage.ts'
import type { Instant } from '../instant.ts'
import { record, type Saying } from './record.ts'

/** What one cause has to say about a record that is looked at when it ends, or some time `later`. */
export function suspicionOf(cause: Cause, said: readonly Saying[], later: Instant = 0): Suspicion | null {
  const entries = record(...said)
  const history = historyOf(entries, { now: (entries.at(-1)?.at ?? 0) + later })
  return cause.suspect(history, stageOf(history))
}
