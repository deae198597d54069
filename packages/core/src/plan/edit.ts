import type { Draft } from '../declaration/draft.ts'
import type { Assignment, AssignmentChannel, Settings } from '../declared.ts'

/** Whether errors that may be overridden are warnings this time. */
interface Overriding {
  readonly override?: boolean
}

/** What an administrator can do to what is declared. What is done to enrollments is in `place.ts`. */
export type Edit =
  | ({ readonly kind: 'put-declaration'; readonly draft: Draft } & Overriding)
  | { readonly kind: 'delete-declaration'; readonly identifier: string }
  | { readonly kind: 'reapply-declaration'; readonly identifier: string }
  | ({ readonly kind: 'put-set'; readonly name: string; readonly declarations: readonly string[] } & Overriding)
  /** `usedBy`: enrollments that have it by name. */
  | { readonly kind: 'delete-set'; readonly name: string; readonly usedBy: readonly string[] }
  | { readonly kind: 'put-group'; readonly name: string }
  | { readonly kind: 'delete-group'; readonly name: string }
  | { readonly kind: 'assign-group'; readonly group: string; readonly assignment: Assignment }
  | {
      readonly kind: 'unassign-group'
      readonly group: string
      readonly set: string
      readonly channel: AssignmentChannel
    }
  | { readonly kind: 'put-settings'; readonly settings: Settings }
