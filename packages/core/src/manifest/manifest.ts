import type { DeclarationKind, JsonObject } from '@edict/protocol'
import type { Particulars } from '../variable/particulars.ts'

/** One line of the common half. */
export interface CommonItem {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly type: string
  /** The ServerToken of a shared declaration; of an own one the content hash of what it is made from. */
  readonly hash: string
  /** Whether each enrollment's values make it: a template, or what reaches one. */
  readonly own: boolean
}

/** The half of a manifest that belongs to a cohort: content-addressed by its token, never changed. */
export interface CommonHalf {
  readonly token: string
  /** In canonical order: kind, then Identifier. */
  readonly items: readonly CommonItem[]
}

/** The values of one enrollment from which its own half is made: content-addressed by its token. */
export interface OwnValues {
  readonly properties: JsonObject
}

/** All from which an own half is made; the particulars are null where no template of the common half asks for them. */
export interface OwnGround extends OwnValues {
  readonly particulars: Particulars | null
}

/** One declaration as a device is sent it. */
export interface Body {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly serverToken: string
  readonly type: string
  /** RFC 8785 text of the Payload. */
  readonly payload: string
  /** The re-apply counter that went into the token. */
  readonly reapply: number
}

/** One line of a whole manifest. */
export interface Item {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly type: string
  readonly serverToken: string
}

/** What a channel with this token is shown: the items in canonical order. */
export interface Generation {
  readonly token: string
  readonly items: readonly Item[]
  /** The bodies of the own items; shared bodies are found by their ServerToken. */
  readonly ownBodies: readonly Body[]
}

/** A declaration that a cohort or channel was meant to have and does not get, with the first cause. */
export interface LeftOut {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly cause: Cause
}

export interface Cause {
  readonly code:
    | 'left-out-ineligible'
    | 'left-out-missing'
    | 'left-out-asset'
    | 'left-out-configurations'
    | 'left-out-empty'
    | 'left-out-variable'
  readonly reason: string
  /** The declaration at which the cause lies, when it is another one. */
  readonly of?: string
}
