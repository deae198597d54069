import type { CheckInFacts } from './command-facts.ts'
import { checkInRows } from './generated/check-ins.ts'

/** Every check-in message that Apple's schema describes, by MessageType. */
export const checkIns: ReadonlyMap<string, CheckInFacts> = new Map(
  checkInRows.map((facts) => [facts.messageType, facts]),
)
