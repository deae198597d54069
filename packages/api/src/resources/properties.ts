import { Type } from 'typebox'
import { EnrollmentId, JsonObject } from './values.ts'

/** The values of one enrollment; a write replaces them all. */
export const Properties = JsonObject

export const PropertiesResource = Type.Object({ enrollment: EnrollmentId, properties: Properties })

/** Properties of many enrollments at once: all of them or, if one is refused, none. */
export const PropertiesBulk = Type.Object(
  {
    items: Type.Array(
      Type.Object({ enrollment: EnrollmentId, properties: Properties }, { additionalProperties: false }),
      {
        maxItems: 100_000,
      },
    ),
  },
  { additionalProperties: false },
)
