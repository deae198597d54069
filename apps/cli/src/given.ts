/** An object without the keys that were not given: absent is not undefined in what is sent. */
export function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<Options>
}

type Given<Options> = { readonly [Key in keyof Options]?: Exclude<Options[Key], undefined> }
