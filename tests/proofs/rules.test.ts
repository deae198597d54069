import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Where a file is a rule. */
const folders = [
  'packages/core/src/declaration/rules',
  'packages/core/src/wire/rules',
  'packages/predicate/src/check/rules',
]

const rules = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => join(folder, name)),
)

describe('the rules', () => {
  it('are 35 or more, of declarations and predicates alone too', () => {
    expect(rules.length).toBeGreaterThanOrEqual(35)
    expect(rules.filter((path) => !path.includes('/wire/')).length).toBeGreaterThanOrEqual(35)
  })

  it.each(rules)('%s has a test with a good and a bad case', (path) => {
    const test = readFileSync(join(root, path.replace(/\.ts$/, '.test.ts')), 'utf8')
    expect(test, 'a good case finds nothing').toMatch(/toEqual\(\s*\[\],?\s*\)|toBeUndefined\(\)|toHaveLength\(0\)/)
    expect(test, 'a bad case finds something').toMatch(
      /toMatchObject\(|toEqual\(\s*\[\s*[^\]\s]|toContainEqual|toHaveLength\([1-9]/,
    )
  })
})
