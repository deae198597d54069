/** What a channel remembers of MDM commands. */
export interface ConnectionState {
  /** Hex; null before enrollment. */
  pushToken: string | null
  pushMagic: string | null
  /** The last results by CommandUUID, so that the same command has the same answer. */
  readonly results: Map<string, SentResult>
  /** A result that no 2xx has answered. */
  unsent: SentResult | null
  /** NotNow was the last status sent: the device comes back by itself when it can. */
  refused: boolean
  /** A push arrived and the server could not be reached. */
  wantsConnect: boolean
}

export interface SentResult {
  readonly label: string
  readonly body: Uint8Array
}

export function newConnectionState(): ConnectionState {
  return { pushToken: null, pushMagic: null, results: new Map(), unsent: null, refused: false, wantsConnect: false }
}
