import type { Json as JsonValue } from '@edict/protocol'
import { type Static, Type } from 'typebox'
import type { Immutable } from '../immutable.ts'
import { Condition } from './condition.ts'
import { StatusAnswer } from './status.ts'
import { Channel, DeclarationKind, EnrollmentId, JsonObject, Moment, nullable } from './values.ts'

/** Where the value of a term of a predicate comes from. */
const Origin = Type.Object(
  {
    from: Type.Enum(['status', 'property', 'bare', 'impure']),
    item: Type.Optional(nullable(Type.String({ description: 'The status item that the name is, or is below' }))),
    answer: Type.Optional(StatusAnswer),
    reportedAt: Type.Optional(nullable(Moment)),
    declarations: Type.Optional(
      Type.Array(Type.String(), { description: 'The properties declarations that set it; none makes it nil' }),
    ),
  },
  { description: '`bare` is a key without @status or @property, `impure` gives another value each time' },
)
export type Origin = Immutable<Static<typeof Origin>>

/** What a comparison compares, down to the terms. Trees are described one level deep. */
export interface PredicatePart {
  readonly text: string
  /** `nil-or-error`: Apple does not say which of the two; `open`: it is not known. */
  readonly reads: 'known' | 'nil-or-error' | 'open'
  readonly value: JsonValue
  readonly origin: Origin | null
  readonly why: string | null
  readonly parts: readonly PredicatePart[]
}

/** One node of a predicate. */
export interface PredicateNode {
  readonly kind: 'or' | 'and' | 'not' | 'constant' | 'comparison'
  readonly text: string
  /** Every outcome that is possible with what is known: more than one where something that counts is not. */
  readonly outcomes: readonly PredicateOutcome[]
  readonly why: string | null
  readonly reached: boolean
  readonly decides: boolean
  readonly operands: readonly PredicateNode[]
  readonly parts: readonly PredicatePart[]
}
export type PredicateOutcome = 'true' | 'false' | 'error'

const outcomes = Type.Array(Type.Enum(['true', 'false', 'error']), {
  description: 'Every outcome that is possible with what is known: more than one where something that counts is not',
})

const Part = Type.Unsafe<PredicatePart>(
  Type.Object({
    text: Type.String(),
    reads: Type.Enum(['known', 'nil-or-error', 'open']),
    value: Type.Unknown({ description: 'null for nil, and where it is not known' }),
    origin: nullable(Origin),
    why: nullable(Type.String()),
    parts: Type.Array(JsonObject, { description: 'Of the same kind' }),
  }),
)

const Node = Type.Unsafe<PredicateNode>(
  Type.Object({
    kind: Type.Enum(['or', 'and', 'not', 'constant', 'comparison']),
    text: Type.String(),
    outcomes,
    why: nullable(Type.String()),
    reached: Type.Boolean({ description: 'Evaluation stops where the answer is known' }),
    decides: Type.Boolean({ description: 'The outcome of the whole turns on it' }),
    operands: Type.Array(JsonObject, { description: 'Nodes of the same kind' }),
    parts: Type.Array(Part),
  }),
)

/** An assignment that gives a set to a channel, or takes it away. */
const Given = Type.Object({
  from: Type.String({
    description: '`enrollment`, `device` (given to its device for user channels), or `group:<name>`',
  }),
  channel: Type.Enum(['own', 'device', 'user']),
  exclude: Type.Boolean(),
})

/** Why one declaration is as it is on one channel. */
export const Explanation = Type.Object({
  kind: DeclarationKind,
  identifier: Type.String(),
  type: Type.String(),
  origin: Type.Enum(['declared', 'edict'], { description: '`edict`: made by Edict itself' }),
  serverToken: nullable(Type.String({ description: 'null for what is not sent' })),
  payload: nullable(JsonObject),
  sets: Type.Array(
    Type.Object({
      set: Type.String(),
      via: Type.Array(Type.String(), { description: 'From a member down to the declaration; empty for a member' }),
      counts: Type.Boolean({ description: 'Given to this channel and nowhere excluded' }),
      given: Type.Array(Given),
    }),
    { description: 'Every set that has it' },
  ),
  leftOut: nullable(Type.Object({ code: Type.String(), reason: Type.String(), of: Type.Optional(Type.String()) })),
  expected: nullable(
    Type.Enum(['active', 'inactive', 'unknown'], {
      description: 'What follows from what is known; null of management declarations and of what is not sent',
    }),
  ),
  because: nullable(Type.Object({ code: Type.String(), message: Type.String(), of: Type.Array(Type.String()) })),
  predicate: nullable(
    Type.Object({
      source: Type.String(),
      outcomes,
      error: nullable(Type.String({ description: 'Why it cannot be parsed' })),
      tree: nullable(Node),
    }),
  ),
  refersTo: Type.Array(Type.String()),
  referredToBy: Type.Array(Type.String()),
  condition: nullable(Condition),
})
export type Explanation = Immutable<Static<typeof Explanation>>

/** A channel, explained; the declaration that was asked for comes first, then what it names and what names it. */
export const Explanations = Type.Object({
  enrollment: EnrollmentId,
  channel: Channel,
  platform: nullable(Type.Enum(['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS'])),
  osVersion: nullable(Type.String()),
  items: Type.Array(Explanation),
})

export const ExplainQuery = Type.Object(
  { declaration: Type.Optional(Type.String({ description: 'Only this one, with what it names and what names it' })) },
  { additionalProperties: false },
)
