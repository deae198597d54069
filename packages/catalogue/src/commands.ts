import type { CommandFacts } from './command-facts.ts'
import { commandRows } from './generated/commands.ts'

/** Every MDM command that Apple's schema describes, by RequestType. */
export const commands: ReadonlyMap<string, CommandFacts> = new Map(
  commandRows.map((facts) => [facts.requestType, facts]),
)
