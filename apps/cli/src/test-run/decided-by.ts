import {
  decidingNode,
  givenItem,
  type HeldDeclaration,
  payloadOf,
  predict,
  references,
  type WeighedPart,
  type WeighedPredicate,
} from '@edict/core'
import { valueText } from '@edict/predicate'
import { originText } from '../origin-text.ts'
import type { DeviceUnderTest } from './device-under-test.ts'
import type { Decided } from './verdict.ts'

/** The activations that decide about a declaration, as the device says, with the part of the predicate that it turns on. */
export function decidedBy(identifier: string, dut: DeviceUnderTest): readonly Decided[] {
  const held = [...dut.peer.wanted(dut.channel).bodies.values()].map((body) => ({ ...body, payload: payloadOf(body) }))
  const { activations, status } = dut.view()
  const items = new Map(Object.entries(status).map(([name, value]) => [name, givenItem(value)]))
  const facts = { platform: null, osVersion: null, capabilities: null, items }
  const weighed = predict({ declarations: held, facts, under: null }).activations
  return activationsOf(identifier, held).flatMap((name): Decided[] => {
    const activation = activations.find((one) => one.identifier === name)
    if (activation === undefined) return []
    const { active, predicate, reasons } = activation
    const reason = reasons[0] === undefined ? 'it has no predicate' : (reasons[0].description ?? reasons[0].code)
    const base = { activation: name, active, predicate: predicate?.source ?? null }
    const node = predicate === null ? undefined : weighed.get(name)?.predicate
    return [{ ...base, ...turnsOn(node ?? null, reason) }]
  })
}

function turnsOn(predicate: WeighedPredicate | null, reason: string): Pick<Decided, 'because' | 'values'> {
  const node = predicate === null ? null : decidingNode(predicate)
  if (node === null) return { because: predicate?.error ?? reason, values: [] }
  const values = node.parts.flatMap(termsIn).map(({ text, value, origin }) => ({
    term: text,
    value: valueText(value ?? undefined),
    origin: origin === null || origin.from === 'status' ? 'on the device' : originText(origin),
  }))
  return { because: `${node.text} is ${node.outcomes.join(' or ')}${node.why === null ? '' : `: ${node.why}`}`, values }
}

function termsIn(part: WeighedPart): readonly WeighedPart[] {
  return [part, ...part.parts.flatMap(termsIn)]
}

/** Itself, those that list it, and those that list what names it. */
function activationsOf(identifier: string, held: readonly HeldDeclaration[]): readonly string[] {
  const found = new Set([identifier])
  for (const name of found) {
    for (const one of held)
      if (references(one.type, one.payload).some(({ to }) => to === name)) found.add(one.identifier)
  }
  return held
    .filter(({ kind, identifier: name }) => kind === 'activation' && found.has(name))
    .map((one) => one.identifier)
}
