/** Facts as they are read: of a schema that may have other names than the one which the catalogue was made from. */
export type AnyNamed<Facts, Key extends keyof Facts> = Omit<Facts, Key> & { readonly [K in Key]: string }

/** The same object without what is undefined, so that a fact that Apple does not state is not there at all. */
export function given<T extends object>(facts: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T
}
