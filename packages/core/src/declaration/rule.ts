import type { Declared } from '../declared.ts'
import type { Problem } from '../problem.ts'
import type { DeclarationVersion } from './declaration.ts'
import type { Draft } from './draft.ts'

/** What a rule looks at: the draft, the version it makes, and everything else that is declared. */
export interface Proposal {
  readonly draft: Draft
  readonly version: DeclarationVersion
  readonly before: Declared
}

/** One check of a declaration at commit. */
export type Rule = (proposal: Proposal) => readonly Problem[]
