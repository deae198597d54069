import { Type } from 'typebox'
import { Assignment } from './assignment.ts'
import { EnrollmentId, Name } from './values.ts'

export const GroupBody = Type.Object(
  { enrollments: Type.Array(EnrollmentId, { uniqueItems: true }) },
  { additionalProperties: false },
)

export const GroupSummary = Type.Object({
  name: Name,
  size: Type.Integer({ minimum: 0 }),
  sets: Type.Array(Assignment),
})

export const Group = Type.Object({
  name: Name,
  size: Type.Integer({ minimum: 0 }),
  sets: Type.Array(Assignment),
  enrollments: Type.Array(EnrollmentId),
})
