import { startPostgres } from '@edict/store/testing'
import { expect, it } from 'vitest'

it('fails, after all that a test of ours may start', async () => {
  expect(await (await startPostgres()).url('planted')).toBe('something else')
})
