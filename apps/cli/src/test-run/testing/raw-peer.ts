import {
  type Body,
  type DeclarationVersion,
  type Draft,
  inCanonicalOrder,
  NOTHING_DECLARED,
  sha256,
  versionOf,
} from '@edict/core'
import { contentsFor } from '../contents.ts'
import { Peer, type Wanted } from '../peer.ts'

/** Gives every channel every declaration as it was written, also such as no server would send. */
export class RawPeer extends Peer {
  #wanted: Wanted = { generation: { token: 'nothing', items: [], ownBodies: [] }, bodies: new Map(), leftOut: [] }
  #content: ReturnType<typeof contentsFor> = contentsFor(NOTHING_DECLARED, new Map())

  constructor(now: () => number) {
    super(NOTHING_DECLARED, now, (url) => this.#content(url))
  }

  hold(drafts: readonly Draft[]): void {
    const versions = drafts.map((draft) => versionOf(draft, undefined))
    const bodies = versions.map(bodyOf).sort(inCanonicalOrder)
    const token = sha256(bodies.map(({ serverToken }) => serverToken).join('\n'))
    const byName = new Map(bodies.map((body) => [body.identifier, body]))
    this.#wanted = { generation: { token, items: bodies, ownBodies: [] }, bodies: byName, leftOut: [] }
    const declarations = new Map(versions.map((version) => [version.identifier, version]))
    this.#content = contentsFor({ ...NOTHING_DECLARED, declarations }, new Map())
  }

  override wanted(): Wanted {
    return this.#wanted
  }
}

function bodyOf({ kind, identifier, type, payload, reapply, contentHash }: DeclarationVersion): Body {
  return { kind, identifier, serverToken: contentHash, type, payload, reapply }
}
