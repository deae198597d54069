import { Type } from 'typebox'

/** What Edict adds to every manifest by itself, and how it answers devices that ask for something. */
export const Settings = Type.Object(
  {
    subscription: Type.Object(
      { enabled: Type.Boolean({ description: 'One generated status subscription per cohort' }) },
      { additionalProperties: false },
    ),
    organization: Type.Optional(
      Type.Object(
        {
          Name: Type.String({ minLength: 1 }),
          Email: Type.Optional(Type.String()),
          URL: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    networkUsers: Type.Optional(
      Type.Union([Type.Literal('accept'), Type.Literal('decline')], {
        description: 'Whether network users who log in to a Mac are managed; accept when absent',
      }),
    ),
    returnToService: Type.Optional(
      Type.Object(
        { enabled: Type.Boolean({ description: 'Whether a device that asks may erase itself and enroll again' }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
