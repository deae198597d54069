import { checkInMessages, checkInResponses } from './generated/check-in-payloads.ts'
import { commandPayloads, commandResponses } from './generated/command-payloads.ts'
import { declarationPayloads } from './generated/declaration-payloads.ts'
import { statusItemValues } from './generated/status-item-values.ts'
import { readOnce } from './read-once.ts'
import type { ValueFacts } from './value-facts.ts'

type Lookup = (name: string) => ValueFacts | undefined

/** What may stand inside `Payload` of a declaration of this type; undefined for a type that the schema does not know. */
export const declarationPayload: Lookup = readOnce(declarationPayloads)

/** What a device reports under the name of a status item; undefined for an item that the schema does not know. */
export const statusItemValue: Lookup = readOnce(statusItemValues)

/** What may stand beside `RequestType` in a command; undefined for a command that the schema does not know. */
export const commandPayload: Lookup = readOnce(commandPayloads)

/** What a device may answer to a command; undefined where the schema names no keys beyond those of every result. */
export const commandResponse: Lookup = readOnce(commandResponses)

/** The whole of a check-in message; undefined for a message that the schema does not know. */
export const checkInMessage: Lookup = readOnce(checkInMessages)

/** What a server answers to a check-in; undefined where the answer has no body that the schema describes. */
export const checkInResponse: Lookup = readOnce(checkInResponses)
