import { type TProperties, Type } from 'typebox'
import { ChangeProblem } from '../problem.ts'
import { nullable, Revision } from './values.ts'

/** What every planned write answers: the revision it made, what is worth knowing, and how far it reaches. */
const change = {
  revision: Revision,
  problems: Type.Array(ChangeProblem, { description: 'Warnings; an error would have refused the change' }),
  effects: Type.Object({
    declarations: Type.Array(Type.String(), { description: 'Identifiers whose ServerToken changed, came or went' }),
    cohorts: Type.Integer({ minimum: 0, description: 'Cohorts whose manifest changed, or that channels moved to' }),
    channels: nullable(
      Type.Integer({
        minimum: 0,
        description:
          'Channels that now want something else; null when it is all those of the cohorts, which are not counted',
      }),
    ),
  }),
}

/** A change that leaves no resource behind, such as a deletion. */
export const Change = Type.Object(change)

/** A change and the resource as it is after it. */
export function changeOf<Properties extends TProperties>(resource: Properties) {
  return Type.Object({ ...change, ...resource })
}
