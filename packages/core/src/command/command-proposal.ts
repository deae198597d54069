import type { CommandFacts } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'
import type { Target } from '../eligibility/eligibility.ts'
import type { Problem } from '../problem.ts'

/** A command as an administrator hands it in, and the channel that it is for. */
export interface CommandProposal {
  readonly requestType: string
  /** The keys beside RequestType, in the JSON of the admin API. */
  readonly keys: JsonObject
  /** Undefined for a command that the schema does not know. */
  readonly facts: CommandFacts | undefined
  readonly target: Target
}

/** One check of a command before it is queued. */
export type CommandRule = (proposal: CommandProposal) => readonly Problem[]
