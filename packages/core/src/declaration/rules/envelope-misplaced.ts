import { declarationPayload, nearest } from '@edict/catalogue'
import { type Problem, refusal } from '../../problem.ts'
import type { Draft } from '../draft.ts'
import { escapePointer } from '../references.ts'
import type { Rule } from '../rule.ts'

const ENVELOPE = ['Type', 'Identifier', 'ServerToken', 'Payload'] as const

/**
 * Type, Identifier, ServerToken and Payload stand beside each other, everything else inside Payload. A device ignores what
 * stands beside them, and reports Error.UnknownPayloadKeys for what of them stands inside. A Predicate beside Payload has a
 * rule of its own.
 *
 * @see apple:declarative/declarations/declarationbase.yaml
 */
export const envelopeMisplaced: Rule = ({ draft }) => [...beside(draft), ...inside(draft)]

function beside(draft: Draft): readonly Problem[] {
  return Object.entries(draft.extra)
    .filter(([key, value]) => key !== 'Predicate' && key !== 'ServerToken' && !sameIdentifier(draft, key, value))
    .map(([key, value]) =>
      refusal('envelope-misplaced', `Cannot use ${key} beside Payload: a device would ignore it`, {
        at: `/${escapePointer(key)}`,
        found: key === 'Identifier' ? value : key,
        expected: key === 'Identifier' ? draft.identifier : ENVELOPE.join(', '),
        remedy: remedyBeside(draft, key),
      }),
    )
}

/** A ServerToken is Edict's to make: what was read from it may be written back. */
function sameIdentifier(draft: Draft, key: string, value: unknown): boolean {
  return key === 'Identifier' && value === draft.identifier
}

function remedyBeside(draft: Draft, key: string): string {
  if (key === 'Identifier') return `it is named ${draft.identifier} here: leave Identifier out, or write the same`
  const known = Object.keys(declarationPayload(draft.type)?.keys ?? {})
  if (known.includes(key)) return `move ${key} into Payload`
  const near = nearest(key, [...ENVELOPE, ...known])
  if (near === undefined) return `take ${key} out, or move it into Payload`
  return known.includes(near) ? `perhaps ${near} inside Payload was meant` : `perhaps ${near} was meant`
}

function inside({ type, payload }: Draft): readonly Problem[] {
  const facts = declarationPayload(type)
  if (facts?.keys === undefined || facts.others !== undefined) return []
  const { keys } = facts
  return ENVELOPE.filter((key) => Object.hasOwn(payload, key) && !Object.hasOwn(keys, key)).map((key) =>
    refusal('envelope-misplaced', `Cannot use ${key} inside Payload: it belongs beside it`, {
      at: `/Payload/${key}`,
      found: key,
      expected: `/${key}`,
      remedy:
        key === 'Payload' ? 'take one Payload away: there are two inside each other' : `move ${key} out of Payload`,
    }),
  )
}
