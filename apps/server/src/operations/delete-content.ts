import { contentsIn, type Declared, manifestName } from '@edict/core'
import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'

/** Deletes content that no declaration refers to, of a package its manifest too. Its file goes later. @throws AdminError `content-missing`, `content-in-use` */
export async function deleteContent(
  name: string,
  { actor, action, subject: target, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    if ((await tx.contents({ name })).length === 0) throw contentMissing(name)
    const by = contentUsers(name, await tx.declared())
    if (by.length > 0) {
      const evidence = { found: name, by, remedy: 'delete those first, or let them refer to something else' }
      throw new AdminError('content-in-use', `Cannot delete content ${name}: ${by.join(', ')} refer to it`, evidence)
    }
    for (const one of namesOf(name)) await tx.deleteContent(one)
    await tx.addAudit({ at: now(), actor, action, target, revision: 0, detail })
  })
}

/** Identifiers of declarations that refer to a name; of a package also by its manifest. */
export function contentUsers(name: string, { declarations }: Declared): readonly string[] {
  const names = namesOf(name)
  const users = [...declarations.values()].filter(({ payload }) =>
    contentsIn(payload).some((one) => names.has(one.name)),
  )
  return users.map(({ identifier }) => identifier).sort()
}

function namesOf(name: string): ReadonlySet<string> {
  return new Set([name, manifestName(name)])
}

export function contentMissing(name: string): AdminError {
  const remedy = 'look at the list of content for the right name'
  return new AdminError('content-missing', `Cannot find content ${name}`, { found: name, remedy })
}
