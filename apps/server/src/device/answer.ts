/** What a device is answered with status 200; without a body the answer has Content-Length 0. */
export interface Answer {
  readonly type?: 'application/json' | 'application/xml; charset=UTF-8'
  readonly body?: Uint8Array
}

export const EMPTY: Answer = {}

export function json(body: Uint8Array): Answer {
  return { type: 'application/json', body }
}

export function plist(body: Uint8Array): Answer {
  return { type: 'application/xml; charset=UTF-8', body }
}
