import type { ByPlatform, CommandAvailability, ValueFacts } from '@edict/catalogue'
import { Attributes } from './attributes.ts'
import { commandAvailability } from './read-availability.ts'
import { dictionaryFacts } from './read-value-facts.ts'
import { text } from './read-values.ts'
import { documentsIn, type SchemaDocument, top } from './schema-document.ts'

/** An MDM command or check-in: what goes one way, and what comes back. */
export interface Message {
  readonly name: string
  readonly availability: ByPlatform<CommandAvailability>
  readonly request: ValueFacts
  readonly response?: ValueFacts
}

export function readCommands(schema: string): readonly Message[] {
  return documentsIn(schema, 'mdm/commands').map(readMessage)
}

export function readCheckIns(schema: string): readonly Message[] {
  return documentsIn(schema, 'mdm/checkin').map(readMessage)
}

function readMessage(document: SchemaDocument): Message {
  const attributes = top(document)
  const message = attributes.need('payload', (value, at) => {
    const attributes = new Attributes(value, at)
    const found = {
      name: attributes.need('requesttype', text),
      availability: attributes.need('supportedOS', commandAvailability),
    }
    attributes.skip('content')
    attributes.finish()
    return found
  })
  const request = attributes.take('payloadkeys', dictionaryFacts) ?? { type: 'dictionary', keys: {} }
  const response = attributes.take('responsekeys', dictionaryFacts)
  attributes.finish()
  return response === undefined ? { ...message, request } : { ...message, request, response }
}
