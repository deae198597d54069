/** What stands under a key of the object itself: `constructor` and its like are not found by accident. */
export function ownKey<Dictionary extends { readonly [key: string]: unknown }>(
  object: Dictionary,
  key: string,
): Dictionary[string] | undefined {
  return Object.hasOwn(object, key) ? (object[key] as Dictionary[string]) : undefined
}
