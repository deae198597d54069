import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readHouse } from './read-house.ts'
import { rooms } from './rooms.ts'
import type { Rule } from './rule.ts'

/** Writes files to a temporary tree, lets `use` look at it, and takes it away again. */
export function withTree<T>(files: Readonly<Record<string, string>>, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'edict-walls-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return use(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** What a rule says about a small house made of these files: `path:line message`, one string each. */
export function said(rule: Rule, files: Readonly<Record<string, string>>): readonly string[] {
  return withTree(files, (root) =>
    rule.check(readHouse(root, rooms)).map((problem) => `${problem.path}:${problem.line} ${problem.message}`),
  )
}
