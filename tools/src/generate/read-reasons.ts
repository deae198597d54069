import type { ReasonDetail, ReasonFacts } from '@edict/catalogue'
import { Attributes } from './attributes.ts'
import { given } from './given.ts'
import { valueType } from './read-value-facts.ts'
import { listOf, oneOf, text } from './read-values.ts'
import { document, documentsIn, type SchemaDocument, top } from './schema-document.ts'
import { SchemaError, type SchemaPlace } from './schema-error.ts'

/** Reason codes of declarations and of the status items that have their own, those of one code made one. */
export function readReasons(schema: string): readonly ReasonFacts[] {
  const base = document(schema, 'declarative/declarations/declarationbase.yaml')
  const reasons = [
    ...reasonsOf(base, 'declarations'),
    ...documentsIn(schema, 'declarative/status').flatMap((item) => reasonsOf(item, nameOf(item))),
  ]
  const byCode = new Map<string, ReasonFacts>()
  for (const reason of reasons) byCode.set(reason.code, joined(byCode.get(reason.code), reason))
  return [...byCode.values()]
}

function nameOf(document: SchemaDocument): string {
  return top(document).need('payload', (value, at) => new Attributes(value, at).take('statusitemtype', text) ?? '')
}

function reasonsOf(document: SchemaDocument, saidIn: string): readonly ReasonFacts[] {
  return (
    top(document).take(
      'reasons',
      listOf((value, at) => readReason(value, at, saidIn)),
    ) ?? []
  )
}

function readReason(value: unknown, at: SchemaPlace, saidIn: string): ReasonFacts {
  const attributes = new Attributes(value, at)
  const code = attributes.need('value', text)
  const details = attributes.take('details', listOf(readDetail)) ?? []
  attributes.skip('description')
  attributes.finish()
  return { code, saidIn: [saidIn], details }
}

function readDetail(value: unknown, at: SchemaPlace): ReasonDetail {
  const attributes = new Attributes(value, at)
  const detail = given<ReasonDetail>({
    key: attributes.need('key', text),
    type: attributes.need('type', valueType),
    timestamp: attributes.take('valuetype', oneOf('timestamp')) === undefined ? undefined : true,
  })
  attributes.skip('description')
  attributes.finish()
  return detail
}

function joined(known: ReasonFacts | undefined, reason: ReasonFacts): ReasonFacts {
  if (known === undefined) return reason
  const details = [...known.details]
  for (const detail of reason.details) {
    const same = details.find(({ key }) => key === detail.key)
    if (same === undefined) details.push(detail)
    else if (same.type !== detail.type) {
      const at = { file: reason.saidIn.join(', '), steps: ['reasons', reason.code, detail.key] }
      throw new SchemaError('detail-differs', at, detail.type, `${same.type}, as in ${known.saidIn.join(', ')}`)
    }
  }
  return { code: known.code, saidIn: [...known.saidIn, ...reason.saidIn], details }
}
