import type { CommandFacts } from './command-facts.ts'

export const commands: ReadonlyMap<string, CommandFacts> = new Map<string, CommandFacts>()
