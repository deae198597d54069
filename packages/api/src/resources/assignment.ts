import { Type } from 'typebox'
import { Channel } from './values.ts'

/**
 * How a set is given. Without a channel it goes to the channel of the enrollment itself; `user` on a device is its user
 * channels, those that exist and those to come. `exclude` takes the set away from whoever would have it by a group.
 */
export const AssignmentBody = Type.Object(
  { channel: Type.Optional(Channel), exclude: Type.Optional(Type.Boolean({ default: false })) },
  { additionalProperties: false },
)

/** Which of the assignments of a set is taken away; without a channel, that for the enrollment's own channel. */
export const AssignmentQuery = Type.Object({ channel: Type.Optional(Channel) }, { additionalProperties: false })

/** `own` is the channel of the enrollment itself, whichever that is. */
const AssignmentChannel = Type.Enum(['own', 'device', 'user'])

export const Assignment = Type.Object({
  set: Type.String(),
  channel: AssignmentChannel,
  exclude: Type.Boolean(),
})

/** A set that an enrollment has or is kept from, and why. */
export const EnrollmentSet = Type.Object({
  set: Type.String(),
  channel: AssignmentChannel,
  exclude: Type.Boolean(),
  from: Type.String({
    description: '`enrollment`, `device` (given to its device for user channels), or `group:<name>`',
  }),
})
