import { canonical } from '../canonical.ts'
import { PROPERTIES_TYPE } from '../declaration/declaration.ts'
import { followed, pruned } from '../manifest/left-out.ts'
import { isParticular, type ParticularName } from '../variable/known-variables.ts'
import type { FindValue } from '../variable/render.ts'
import { renderPayload } from '../variable/render.ts'
import { dependenceOf } from '../variable/template.ts'
import { valuesFor } from '../variable/values-for.ts'
import { type DeviceFacts, hasValue } from './device-facts.ts'
import type { HeldDeclaration } from './held-declaration.ts'
import { propertySources } from './property-sources.ts'

/** Where status items say what variables stand for. */
const items: Partial<Readonly<Record<ParticularName, string>>> = {
  'device.product-name': 'device.model.identifier',
  'device.serial-number': 'device.identifier.serial-number',
  'device.udid': 'device.identifier.udid',
}

/**
 * Declarations as a device gets them, with values in place of variables, without what stands for nothing and what needs it. Properties are
 * those that are among the declarations. What is not known of the device is taken for some text.
 */
export function withValues(declarations: readonly HeldDeclaration[], facts: DeviceFacts): readonly HeldDeclaration[] {
  const written = new Map(declarations.map((one) => [one.identifier, { ...one, payload: canonical(one.payload) }]))
  if (![...written.values()].some(isTemplate)) return declarations
  const find = findIn(declarations, facts)
  const made = new Map(
    declarations.map((one) => {
      const version = written.get(one.identifier)
      const template = version !== undefined && isTemplate(version)
      return [one.identifier, template ? renderPayload(one.type, one.payload, find) : { payload: one.payload }]
    }),
  )
  const gone = followed(written, {
    ofItself: ({ identifier }) => {
      const rendered = made.get(identifier)
      if (rendered === undefined || 'payload' in rendered) return undefined
      return { code: 'left-out-variable', reason: rendered.missing }
    },
    // What is not there is for the prediction to say.
    ofAbsent: () => undefined,
  })
  return declarations.flatMap((one) => {
    const rendered = made.get(one.identifier)
    if (rendered === undefined || !('payload' in rendered) || gone.has(one.identifier)) return []
    return [{ ...one, payload: pruned({ type: one.type, payload: canonical(rendered.payload) }, gone) }]
  })
}

function isTemplate(version: { readonly type: string; readonly payload: string }): boolean {
  return version.type !== PROPERTIES_TYPE && dependenceOf(version).isTemplate
}

function findIn(declarations: readonly HeldDeclaration[], facts: DeviceFacts): FindValue {
  const { values } = propertySources(declarations.filter(({ type }) => type === PROPERTIES_TYPE))
  const find = valuesFor({}, new Map(Object.entries(values)), () => 'key')
  return (name) => (isParticular(name) ? { value: saidBy(facts, name) ?? name } : find(name))
}

function saidBy(facts: DeviceFacts, name: ParticularName): string | undefined {
  const item = facts.items.get(items[name] ?? '')
  return item !== undefined && hasValue(item) && typeof item.value === 'string' ? item.value : undefined
}
