import { type Platform, platforms } from '@edict/catalogue'
import { type TOptional, Type } from 'typebox'

const MinimumOS = Type.Object(
  {
    OSVersion: Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,3}){0,2}( \\([a-z]\\))?$', description: 'Such as 26.4' }),
    BuildVersion: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{1,16}$', description: 'Such as 23E246' })),
  },
  { additionalProperties: false },
)
const minimums = Object.fromEntries(platforms.map((platform) => [platform, Type.Optional(MinimumOS)]))

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
    minimumOS: Type.Optional(
      Type.Object(minimums as Record<Platform, TOptional<typeof MinimumOS>>, {
        additionalProperties: false,
        description: 'What a device has to run before it may enroll by itself, by platform',
      }),
    ),
    releaseAfter: Type.Optional(
      Type.Integer({
        minimum: 60,
        maximum: 86_400,
        description: 'Seconds that a device which awaits configuration is held at most; 600 when absent',
      }),
    ),
  },
  { additionalProperties: false },
)
