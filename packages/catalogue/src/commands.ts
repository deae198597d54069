import type { ByPlatform, CommandAvailability } from './availability.ts'
import type { CommandFacts } from './command-facts.ts'
import { endedCommands } from './ended-commands.ts'
import { commandRows } from './generated/commands.ts'

/** Every MDM command that Apple's schema describes, by RequestType. */
export const commands: ReadonlyMap<string, CommandFacts> = new Map(
  commandRows.map((facts) => [facts.requestType, ended(facts)]),
)

function ended(facts: CommandFacts): CommandFacts {
  const ending = endedCommands.get(facts.requestType)
  if (ending === undefined) return facts
  const entries = Object.entries(facts.availability).map(([platform, here]) => [platform, { ...here, ...ending }])
  return { ...facts, availability: Object.fromEntries(entries) as ByPlatform<CommandAvailability> }
}
