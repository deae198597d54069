const entities: ReadonlyMap<string, string> = new Map([
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
])

/** A source with straight quotes for typographic ones, characters for HTML entities, and no quote escaped as in JSON. */
export function undamaged(source: string): string {
  return withoutEntities(source)
    .replaceAll(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replaceAll(/[\u2018\u2019\u201a]/g, "'")
    .replaceAll('\\"', '"')
    .replaceAll('\u00a0', ' ')
}

export function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:quot|apos|lt|gt|amp|#34|#39);/g, (entity) => entities.get(entity) ?? entity)
}
