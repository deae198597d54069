import { isJsonObject, type Json } from '@edict/protocol'
import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'
import { jsonOf, type Manifest } from '../listed.ts'

interface References {
  readonly fetched: readonly Fetched[]
  readonly manifest: Manifest
}

/** An activation with a configuration that is not there activates none of the others. */
export const referencesListed: Check<References> = {
  code: 'references-listed',
  group: 'declarations',
  severity: 'warning',
  must: 'what an activation lists is in the manifest',
  source: 'field: one configuration missing, and the activation is inactive',
  ask: async (exam) => ({ fetched: await exam.fetched(), manifest: await exam.manifest() }),
  judge: ({ fetched, manifest }) => {
    const known = new Set(manifest.listed.map(({ identifier }) => identifier))
    return fetched
      .filter(({ listed }) => listed.kind === 'activation')
      .flatMap(({ listed, first }) =>
        configurationsOf(jsonOf(first))
          .filter((name) => !known.has(name))
          .map((name) => ({ found: `${listed.identifier} lists ${name}, which the manifest lacks`, exchange: first })),
      )
  },
}

function configurationsOf(declaration: Json | undefined): readonly string[] {
  const payload = isJsonObject(declaration) ? declaration.Payload : undefined
  const listed = isJsonObject(payload) ? payload.StandardConfigurations : undefined
  return Array.isArray(listed) ? listed.filter((name) => typeof name === 'string') : []
}
