const entities: ReadonlyMap<string, string> = new Map([
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
])

/**
 * A source with straight quotes for typographic ones, characters for HTML entities, no quote escaped
 * as in JSON, and no space but the plain one.
 */
export function undamaged(source: string): string {
  return withoutEntities(source)
    .replaceAll(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replaceAll(/[\u2018\u2019\u201a]/g, "'")
    .replaceAll('\\"', '"')
    .replaceAll(/[\u00a0\u2028\u2029\u202f]/g, ' ')
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '')
}

export function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:quot|apos|lt|gt|amp|#34|#39);/g, (entity) => entities.get(entity) ?? entity)
}
