import { Type } from 'typebox'
import { EnrollmentId, Moment, nullable } from './values.ts'

const Entry = Type.Integer({ minimum: 0, description: 'Place in the trace' })

/** One thing that a channel and the server said; what else it has depends on its kind. */
export const TraceEntry = Type.Object(
  {
    entry: Entry,
    at: Moment,
    kind: Type.Enum([
      'push',
      'command',
      'result',
      'check-in',
      'tokens',
      'declaration-items',
      'declaration',
      'status',
      'asset',
      'enrollment',
    ]),
  },
  { additionalProperties: true },
)

export const TraceQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    before: Type.Optional(Type.Integer({ minimum: 0, description: 'The last ones before this entry' })),
    bodies: Type.Optional(
      Type.Boolean({
        description: 'Each entry with `bodies`, where the server keeps them: what went over the wire, without secrets',
      }),
    ),
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'The first ones after this entry' })),
  },
  { additionalProperties: false },
)

/** What a channel and the server said to each other, oldest first. */
export const Trace = Type.Object({
  enrollment: EnrollmentId,
  at: Moment,
  wanted: Type.String({ description: 'DeclarationsToken of what the channel should have at that time' }),
  items: Type.Array(TraceEntry),
})

const Observation = Type.Object({
  message: Type.String(),
  entry: Type.Optional(Entry),
  at: Type.Optional(Moment),
})

const Cause = Type.Object({
  rank: Type.Integer({ minimum: 1, description: '1 is the best explanation' }),
  code: Type.String(),
  weight: Type.Enum(['proven', 'likely', 'possible']),
  basis: Type.Enum(['documented', 'field', 'hypothesis']),
  summary: Type.String(),
  remedy: Type.String(),
  harmless: Type.Boolean({ description: 'It explains the silence, and nothing is wrong' }),
  evidence: Type.Array(Observation),
  against: Type.Array(Observation),
  decides: nullable(Type.String({ description: 'What would make it sure' })),
})

const Finding = Type.Object({
  code: Type.String(),
  severity: Type.Enum(['error', 'warning', 'info']),
  message: Type.String(),
  entry: Type.Optional(Entry),
  at: Type.Optional(Type.String({ description: 'JSON pointer into that message' })),
  remedy: Type.Optional(Type.String()),
})

const Stage = Type.String({ description: 'How far the synchronization came, from not-woken to in-force' })

/** Where the synchronization of a channel stands, and why it is not further. */
export const Diagnosis = Type.Object({
  enrollment: EnrollmentId,
  since: nullable(Moment),
  stage: Stage,
  healthy: Type.Boolean(),
  causes: Type.Array(Cause),
  findings: Type.Array(Finding),
})

/** The fleet by cause: of each channel the best explanation counts. */
export const FleetDiagnosis = Type.Object({
  channels: Type.Integer({ minimum: 0 }),
  healthy: Type.Integer({ minimum: 0 }),
  asOf: Moment,
  groups: Type.Array(
    Type.Object({
      code: nullable(Type.String({ description: 'null: no cause that is known fits' })),
      stage: Stage,
      summary: Type.String(),
      remedy: nullable(Type.String()),
      channels: Type.Integer({ minimum: 1 }),
      since: nullable(Moment),
      examples: Type.Array(EnrollmentId, { description: 'At most ten, longest silent first' }),
    }),
    { description: 'Most channels first' },
  ),
})
