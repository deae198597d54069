import type { Declared } from '../declared.ts'
import type { Reached } from '../eligibility/eligibility.ts'
import type { Problem } from '../problem.ts'
import type { DeclarationVersion } from './declaration.ts'
import type { Draft } from './draft.ts'

/** What a rule looks at: the draft, the version it makes, and everything else that is declared. */
export interface Proposal {
  readonly draft: Draft
  readonly version: DeclarationVersion
  readonly before: Declared
  /** The kinds of channels that it is meant for or reaches; absent when nobody said. */
  readonly targets?: readonly Reached[]
  /** Keys of the properties that enrollments have; absent when nobody knows. */
  readonly properties?: ReadonlySet<string>
}

/** One check of a declaration at commit. */
export type Rule = (proposal: Proposal) => readonly Problem[]

/** What a rule over several declarations needs of each. */
export type Member = Pick<DeclarationVersion, 'identifier' | 'kind' | 'type' | 'payload'>

/** Declarations that are looked at as a whole, by Identifier. */
export interface Together {
  readonly members: ReadonlyMap<string, Member>
  /** Whether it is known that one device gets them all. */
  readonly onOneDevice: boolean
}

/** A problem of declarations as a whole, and the one to show it at. */
export interface Finding {
  readonly of: string
  readonly problem: Problem
}

/** One check of several declarations as a whole. */
export type TogetherRule = (together: Together) => readonly Finding[]
