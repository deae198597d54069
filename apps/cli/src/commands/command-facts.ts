import type { EndpointResponse } from '@edict/api'
import type { Json, JsonObject } from '@edict/protocol'
import { isObject } from '../input.ts'
import type { Cell } from '../output.ts'

type Command = EndpointResponse<'get-command'>

/** One command for a person, without what its table of items shows. */
export function commandFacts(command: Command): Readonly<Record<string, Cell>> {
  const { errorChain = [], response = {} } = command
  const { RequestType: _, ...keys } = command.command
  const { Settings: items, ...others } = response
  const told = Array.isArray(items) ? others : response
  return {
    command: command.uuid,
    type: command.requestType,
    state: command.state,
    queued: command.queuedAt,
    sent: command.sentAt ?? undefined,
    answered: command.answeredAt ?? undefined,
    expires: command.expiresAt,
    'sent once': command.once,
    keys: written(keys),
    error: errorChain.length === 0 ? undefined : errorChain.map(errorText).join('; '),
    answer: written(told),
  }
}

/**
 * What became of each item of a Settings command: a device does them one by one, and acknowledges the command although some of them
 * failed.
 */
export function itemRows({ command, response = {} }: Command): readonly (readonly Cell[])[] {
  const { Settings: asked } = command
  const { Settings: results } = response
  if (!Array.isArray(results)) return []
  return (results as readonly Json[]).map((result, index) => {
    const item = Array.isArray(asked) ? (asked as readonly Json[])[index] : undefined
    const { Status, ErrorChain } = isObject(result) ? result : ({} as JsonObject)
    const errors = Array.isArray(ErrorChain) ? (ErrorChain as readonly Json[]).filter(isObject).map(errorText) : []
    return [
      isObject(item) && typeof item.Item === 'string' ? item.Item : String(index),
      typeof Status === 'string' ? Status : null,
      errors.length === 0 ? null : errors.join('; '),
    ]
  })
}

function errorText({ LocalizedDescription, USEnglishDescription, ErrorDomain, ErrorCode }: JsonObject): string {
  return `${USEnglishDescription ?? LocalizedDescription ?? ''} (${ErrorDomain} ${ErrorCode})`.trim()
}

function written(keys: JsonObject): string | undefined {
  return Object.keys(keys).length === 0 ? undefined : JSON.stringify(keys)
}
