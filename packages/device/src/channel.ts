/** A channel of a device: itself, or one of its users. */
export interface Channel {
  /** The enrollment id. */
  readonly id: string
  readonly kind: 'device' | 'user'
  readonly userShortName: string | null
  /** In hex, as in the path of a push; null before enrollment. Changes with each enrollment. */
  readonly pushToken: string | null
  readonly pushMagic: string | null
}
