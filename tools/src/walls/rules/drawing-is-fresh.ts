import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { redraw } from '../drawing.ts'
import type { House } from '../house.ts'
import { problemOf, type Rule } from '../rule.ts'

const name = 'drawing-is-fresh'
const page = 'ARCHITECTURE.md'

/** The table that people read is the table that is enforced. */
export const drawingIsFresh: Rule = {
  name,
  check: (house) => {
    const stale = staleness(house)
    return stale === undefined ? [] : [problemOf(name, page, stale)]
  },
}

function staleness(house: House): string | undefined {
  const path = join(house.root, page)
  if (!existsSync(path)) return `${page} is missing: it is where people see who may know whom`
  const text = readFileSync(path, 'utf8')
  try {
    if (redraw(text, house.rooms) === text) return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return `The table of rooms differs from tools/src/walls/rooms.ts. Draw it again: npm run walls -- --write`
}
