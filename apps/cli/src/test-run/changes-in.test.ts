import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { changesIn } from './changes-in.ts'
import { written } from './testing/written.ts'

it('changesIn leaves out the results that are written there', async () => {
  await using files = await written({})
  const stop = new AbortController()
  const results = join(files.folder, 'junit.xml')
  const changes = changesIn(files.folder, results, stop.signal)
  const first = changes.next()
  await writeFile(results, 'x')
  await writeFile(join(files.folder, 'a.json'), '{}')
  expect(await first).toEqual({ done: false, value: 'a.json' })
  stop.abort()
})
