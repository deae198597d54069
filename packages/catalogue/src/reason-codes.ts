import type { ReasonFacts } from './reason-facts.ts'

export const reasonCodes: ReadonlyMap<string, ReasonFacts> = new Map<string, ReasonFacts>()
