import { Type } from 'typebox'

/** What Edict adds to every manifest by itself. */
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
  },
  { additionalProperties: false },
)
