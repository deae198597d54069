import type { Draft } from '@edict/core'
import { withContentKeys } from '../content/with-content-keys.ts'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, commitIn, type Write } from './commit.ts'
import { withNamedContent } from './with-named-content.ts'

type Uses = Pick<Services, 'store' | 'reach' | 'contentFiles' | 'escrow' | 'now' | 'settings'>

/**
 * Writes a declaration. Hosted content that it names becomes URLs and References, with keys where they need some: what is kept is what
 * devices get.
 *
 * @throws Refused, also where no content has a name; RevisionMoved; AdminError `public-url-missing`
 */
export async function putDeclaration(draft: Draft, write: Write, services: Uses): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    await beginWrite(tx, write)
    const named = await withNamedContent(draft.payload, '/Payload', tx, services)
    const payload = await withContentKeys(named, tx, services)
    const override = write.override !== undefined
    return commitIn(tx, { kind: 'put-declaration', draft: { ...draft, payload }, override }, write, when(services))
  })
}
