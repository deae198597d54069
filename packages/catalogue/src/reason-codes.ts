import { reasonRows } from './generated/reasons.ts'
import type { ReasonFacts } from './reason-facts.ts'

/** Every reason code that Apple's schema describes, by code. Devices send others too. */
export const reasonCodes: ReadonlyMap<string, ReasonFacts> = new Map(reasonRows.map((facts) => [facts.code, facts]))
