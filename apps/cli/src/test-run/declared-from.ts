import { checkDeclaration, type Declared, NOTHING_DECLARED, type Problem, versionOf } from '@edict/core'
import { UsageError } from '../failure.ts'
import type { WrittenDraft } from './declaration-files.ts'

/** The set that everything is in when nobody says which sets there are. */
export const EVERYTHING = 'everything'

/** What would be declared if a server was given these drafts and sets. */
export function declaredFrom(
  written: readonly WrittenDraft[],
  sets: ReadonlyMap<string, readonly string[]> | null,
): Declared {
  const declarations = new Map(written.map(({ draft }) => [draft.identifier, versionOf(draft, undefined)]))
  for (const [set, members] of sets ?? []) {
    const missing = members.find((identifier) => !declarations.has(identifier))
    if (missing === undefined) continue
    throw new UsageError(`Cannot use set ${set}: there is no declaration ${missing}`)
  }
  return {
    ...NOTHING_DECLARED,
    revision: 1,
    declarations,
    sets: sets ?? new Map([[EVERYTHING, [...declarations.keys()].sort()]]),
  }
}

/** What a server would refuse, and where it stands. */
export function refusals(
  written: readonly WrittenDraft[],
  declared: Declared,
): readonly { readonly file: string; readonly identifier: string; readonly problem: Problem }[] {
  return written.flatMap(({ draft, file }) =>
    checkDeclaration(draft, declared)
      .filter(({ severity }) => severity === 'error')
      .map((problem) => ({ file, identifier: draft.identifier, problem })),
  )
}
