import { type Availability, type ByPlatform, platforms } from '@edict/catalogue'
import { table } from './markdown.ts'
import { list, NONE, versionHeads, versions } from './marks.ts'

/** Where a declaration or status item can be used: a row for each platform that has it. */
export function availabilityTable(availability: ByPlatform<Availability>): string {
  const rows = platforms.flatMap((platform) => {
    const here = availability[platform]
    if (here === undefined) return []
    const { enrollments, scopes, sharedIPadScopes } = here
    const shared = platform === 'iOS' ? channels(sharedIPadScopes ?? scopes) : NONE
    return [[platform, ...versions(here), list(enrollments), channels(scopes), shared]]
  })
  return table(['platform', ...versionHeads, 'enrollments', 'channels', 'on Shared iPad'], rows)
}

/** Apple's scopes in the word for where it is sent: `system` is the device channel. */
function channels(scopes: Availability['scopes']): string {
  return list(scopes?.map((scope) => (scope === 'system' ? 'device' : 'user')))
}
