import { startPostgres } from '@edict/store/testing'
import { expect, it } from 'vitest'

it('passes or fails as it is told, after all that a test of ours may start', async () => {
  expect(await (await startPostgres()).url('planted')).toContain('planted')
  expect(process.env.EDICT_PLANTED).toBe('passes')
})
