import { Type } from 'typebox'

/** Errors about what Apple's schema says, or what meets on a device, become warnings; the reason goes into the audit log. */
export const OverrideQuery = Type.Object(
  {
    override: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1000,
        pattern: '\\S',
        description: 'Why errors that can be overridden are to be warnings this time; it is recorded',
      }),
    ),
  },
  { additionalProperties: false },
)
