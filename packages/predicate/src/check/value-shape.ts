/** What a table says about one value. The tables of Apple's catalogue have this form and more. */
export interface ValueShape {
  readonly type: 'string' | 'boolean' | 'integer' | 'number' | 'date' | 'data' | 'array' | 'dictionary' | 'any'
  readonly presence?: 'required' | 'optional'
  /** The only values that are reported. */
  readonly rangelist?: readonly (string | number)[]
  /** Of a dictionary. One with neither `keys` nor `others` may hold anything. */
  readonly keys?: { readonly [key: string]: ValueShape }
  /** Of a dictionary: what a key of any other name holds. */
  readonly others?: ValueShape
  /** Of an array: what each element is. */
  readonly item?: ValueShape
}
