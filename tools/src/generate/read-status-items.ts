import type { Availability, ByPlatform, StatusItemFacts, ValueFacts } from '@edict/catalogue'
import { Attributes } from './attributes.ts'
import type { AnyNamed } from './given.ts'
import { availability } from './read-availability.ts'
import { onlyKeyFacts } from './read-value-facts.ts'
import { text } from './read-values.ts'
import { documentsIn, type SchemaDocument, top } from './schema-document.ts'
import { SchemaError } from './schema-error.ts'

export interface StatusItem {
  readonly name: string
  readonly availability: ByPlatform<Availability>
  readonly value: ValueFacts
}

export function readStatusItems(schema: string): readonly StatusItem[] {
  return documentsIn(schema, 'declarative/status').filter(isItem).map(readStatusItem)
}

/** `statusreason.yaml` describes a structure inside status items and is none itself. */
function isItem(document: SchemaDocument): boolean {
  return top(document).need('payload', (value, at) => new Attributes(value, at).names().includes('statusitemtype'))
}

function readStatusItem(document: SchemaDocument): StatusItem {
  const attributes = top(document)
  const item = attributes.need('payload', (value, at) => {
    const attributes = new Attributes(value, at)
    const found = {
      name: attributes.need('statusitemtype', text),
      availability: attributes.need('supportedOS', availability),
    }
    attributes.skip('content')
    attributes.finish()
    return found
  })
  const { key, facts } = attributes.need('payloadkeys', onlyKeyFacts)
  if (key !== item.name) throw new SchemaError('name-differs', document.at, key, item.name)
  attributes.skip('reasons')
  attributes.finish()
  return { ...item, value: facts }
}

/** The item without what is inside its value. */
export function shapeOf({ name, availability, value }: StatusItem): AnyNamed<StatusItemFacts, 'name'> {
  return { name, type: value.type, identified: value.item?.keys?.identifier !== undefined, availability }
}
