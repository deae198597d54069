import type { EndpointResponse } from '@edict/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edict } from '../demo/run.ts'
import { TOKEN } from '../harness/admin.ts'
import { eventually } from '../harness/eventually.ts'
import { ipad } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

describe('edict fleet --watch, without a terminal', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('sqlite')
  })
  afterAll(() => world.close())

  const watching = (...options: readonly string[]) =>
    edict(['fleet', '--watch', ...options], { EDICT_URL: world.url, EDICT_ADMIN_TOKEN: TOKEN })

  it('draws the picture once, then says in a line what changed, waits for a server that is away, and ends with Ctrl-C', async () => {
    const running = watching()
    let errors = ''
    running.child.stderr?.on('data', (chunk: string) => {
      errors += chunk
    })
    await eventually('the picture is there', () => running.said().includes('Nobody has enrolled yet'))
    await ipad(world.url, 'WATCHED').enroll()
    await eventually('the change is said', () => /^\d\d:\d\d:\d\dZ {2}.*devices 0 → 1/m.test(running.said()))
    await world.stop()
    await eventually('it says that nobody answers', () => errors.includes('Cannot reach'))
    await world.start()
    await ipad(world.url, 'ANOTHER').enroll()
    await eventually('it goes on', () => running.said().includes('devices 1 → 2'))
    running.child.kill('SIGINT')
    expect(await running.ended).toMatchObject({ code: 0 })
  })

  it('prints a picture a line that differs from the one before, for --json', async () => {
    const running = watching('--json')
    const pictures = () =>
      running
        .said()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as EndpointResponse<'get-fleet'>)
    await eventually('the picture is there', () => pictures().length === 1)
    const before = pictures()[0]?.channels ?? 0
    await ipad(world.url, 'THIRD').enroll()
    await eventually('the next is there', () => pictures().at(-1)?.channels === before + 1)
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
  })
})
