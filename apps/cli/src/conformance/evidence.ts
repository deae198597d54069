import type { Exchange } from './exchange.ts'

/** What was sent and what came, as it is shown and kept. Bodies are cut; what is no text is told by its size. */
export interface Evidence {
  readonly sent: { readonly what: string; readonly type: string; readonly octets: number; readonly body: string }
  readonly came: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly octets: number
    readonly body: string
  } | null
  /** Why no answer came; null where one did. */
  readonly failure: string | null
}

/** Characters of a body that are kept. */
const MOST = 2000

export function evidenceOf({ sent, came, failure }: Exchange): Evidence {
  const { what, type, body } = sent
  return {
    sent: { what: what.slice(0, 100), type, octets: body.length, body: excerpt(body) },
    came:
      came === null
        ? null
        : { status: came.status, headers: came.headers, octets: came.body.length, body: excerpt(came.body) },
    failure,
  }
}

function excerpt(body: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body.subarray(0, MOST), { stream: true })
    return body.length > MOST ? `${text}…` : text
  } catch {
    return `(${body.length} octets that are no text)`
  }
}
