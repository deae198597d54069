import type { CheckInFacts } from './command-facts.ts'

export const checkIns: ReadonlyMap<string, CheckInFacts> = new Map<string, CheckInFacts>()
