import { contentNames, type Draft, type HostedContent, withContent } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import type { Reads } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'
import { Refused } from './refused.ts'

type Uses = Pick<Services, 'store' | 'reach' | 'now' | 'settings'>

/**
 * Writes a declaration. Hosted content that it names becomes URLs and References: what is kept is what devices get.
 *
 * @throws Refused, also where no content has a name; RevisionMoved; AdminError `public-url-missing`
 */
export async function putDeclaration(draft: Draft, write: Write, services: Uses): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    await beginWrite(tx, write)
    const payload = await compiled(draft.payload, tx, services)
    const override = write.override !== undefined
    return commitIn(tx, { kind: 'put-declaration', draft: { ...draft, payload }, override }, write, when(services))
  })
}

async function compiled(payload: JsonObject, reads: Pick<Reads, 'contents'>, { reach }: Uses): Promise<JsonObject> {
  const named = contentNames(payload)
  if (named.length === 0) return payload
  const base = reach.url()
  if (base === null) {
    throw new AdminError('public-url-missing', 'Cannot refer to content: where devices find this server is not known', {
      expected: 'a public address',
      remedy: 'start the server with --url https://… as devices are to reach it',
    })
  }
  const contents = new Map<string, HostedContent>()
  for (const name of named) {
    const [standing] = await reads.contents({ name })
    if (standing !== undefined) contents.set(name, standing)
  }
  const made = withContent(payload, base, (name) => contents.get(name))
  if (made.problems.length > 0) throw new Refused(made.problems)
  return made.payload
}
