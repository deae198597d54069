import { Type } from 'typebox'
import { Moment, nullable } from './values.ts'

/** The name of content: it stands in a URL. */
export const ContentName = Type.String({ pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}$' })

const MediaType = Type.String({ maxLength: 128, pattern: '^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+$' })

/** What a manifest says in a text. @see apple:other/manifesturl.yaml */
const fact = (minLength: number, description: string) =>
  Type.Optional(
    Type.Unsafe<string>({
      ...Type.String({ minLength, maxLength: 255, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }),
      description,
    }),
  )

export const ContentQuery = Type.Object(
  {
    type: Type.Optional(
      Type.Unsafe<string>({
        ...MediaType,
        description: 'Media type that devices are told; application/octet-stream when absent',
      }),
    ),
    bundleIdentifier: fact(2, 'Of an app or a package, for its manifest; as its manifest said before when absent'),
    bundleVersion: fact(1, 'Of an app or a package, for its manifest; as its manifest said before when absent'),
    title: fact(2, 'Of an app or a package, for its manifest; as its manifest said before, or its name, when absent'),
  },
  { additionalProperties: false },
)

const octets = {
  sha256: Type.String({ description: 'Lower-case hexadecimal' }),
  size: Type.Integer({ minimum: 0, description: 'Octets' }),
  type: Type.String({ description: 'Media type' }),
  addedAt: Moment,
}

const summary = {
  name: ContentName,
  ...octets,
  url: nullable(Type.String({ description: 'Where devices download it, if a declaration of theirs refers to it' })),
}

export const ContentSummary = Type.Object(summary)

/** Octets that devices download. */
export const Content = Type.Object({
  ...summary,
  manifest: nullable(
    Type.String({ description: 'Where devices download the manifest of this app or package; null where it has none' }),
  ),
  earlier: Type.Array(Type.Object({ ...octets, replacedAt: nullable(Moment) }), {
    description: 'What had the name before, newest first',
  }),
  usedBy: Type.Array(Type.String(), { description: 'Identifiers of declarations that refer to the name' }),
})

export const ContentRemoved = Type.Object({ content: ContentName })
