import { Type } from 'typebox'
import { Json, Moment, nullable, Revision } from './values.ts'

/** One write: who did what to what, and which revision it made, if it went through the plan. */
export const AuditEntry = Type.Object({
  id: Type.String(),
  at: Moment,
  actor: Type.String(),
  action: Type.String({ description: 'Name of the endpoint' }),
  target: Type.String({ description: 'What was written to, such as `declarations/com.example.wifi`' }),
  revision: nullable(Revision),
  detail: Json,
})
