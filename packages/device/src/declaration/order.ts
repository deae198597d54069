interface Ordered {
  readonly kind: string
  readonly identifier: string
}

/** By kind, then by identifier, in code units. */
export function declarationOrder(a: Ordered, b: Ordered): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1
  return a.identifier < b.identifier ? -1 : 1
}
