import type { EndpointBody } from '@edict/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { activation } from '../harness/declarations.ts'
import { openWorld, type World } from '../harness/world.ts'

const REASON = 'Apple says that 20 is fine on our seed'

function passcode(MinimumLength: unknown): EndpointBody<'put-declaration'> {
  return { Type: 'com.apple.configuration.passcode.settings', Payload: { MinimumLength } as never }
}

describe.each(databases)('errors about what Apple says, on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
  })
  afterAll(() => world.close())

  const put = (identifier: string, body: EndpointBody<'put-declaration'>, override?: string) => ({
    params: { identifier },
    body,
    ...(override === undefined ? {} : { query: { override } }),
  })
  const newest = async () => (await world.admin('list-audit')).items[0]

  it('refuse a declaration, with place, finding and remedy', async () => {
    expect(await world.admin.refused('put-declaration', put('long', passcode(20)))).toMatchObject({
      status: 422,
      code: 'payload-range',
      at: '/Payload/MinimumLength',
      found: 20,
      expected: 'an integer from 0 to 16',
      remedy: 'the nearest is 16',
    })
  })

  it('are warnings for a reason, which the audit log keeps with what it let through', async () => {
    const { problems, declaration } = await world.admin('put-declaration', put('long', passcode(20), REASON))
    expect(problems).toMatchObject([{ code: 'payload-range', severity: 'warning', overridden: true }])
    expect(declaration.Payload).toEqual({ MinimumLength: 20 })
    expect(await newest()).toMatchObject({
      action: 'put-declaration',
      target: 'declarations/long',
      detail: {
        ...passcode(20),
        override: REASON,
        overridden: [{ code: 'payload-range', at: '/Payload/MinimumLength' }],
      },
    })
  })

  it.each(['', '   '])('are not overridden for no reason (%j)', async (override) => {
    const problem = await world.admin.refused('put-declaration', put('other', passcode(20), override))
    expect(problem).toMatchObject({ status: 400, code: 'request-malformed' })
  })

  it.each<[string, string, EndpointBody<'put-declaration'> & { readonly [key: string]: unknown }]>([
    ['identifier-malformed', 'a b', passcode(6)],
    ['identifier-kind-changed', 'long', { Type: 'com.apple.management.properties', Payload: {} }],
    ['type-unknown', 'x', { Type: 'com.example.thing', Payload: {} }],
    ['payload-malformed', 'x', passcode('\ud800')],
    ['reference-missing', 'x', { ...activation(['gone']) }],
    ['syntax', 'x', { ...activation(['long'], '((') }],
    ['predicate-misplaced', 'x', { ...activation(['long']), Predicate: 'TRUEPREDICATE' }],
    ['envelope-misplaced', 'x', { ...passcode(6), Comment: 'mine' }],
  ])('do not take %s along', async (code, identifier, body) => {
    const problem = await world.admin.refused('put-declaration', put(identifier, body, REASON))
    expect(problem).toMatchObject({ status: 422, code })
  })

  it('are overridden for sets too', async () => {
    const Type = 'com.apple.configuration.screensharing.host.settings'
    for (const identifier of ['host.a', 'host.b'])
      await world.admin('put-declaration', put(identifier, { Type, Payload: {} }))
    await world.admin('put-declaration', put('hosts', activation(['host.a', 'host.b'])))
    const set = { params: { name: 'hosts' }, body: { declarations: ['hosts'] } }
    expect(await world.admin.refused('put-set', set)).toMatchObject({
      code: 'settings-conflict',
      by: ['host.a', 'host.b'],
    })
    const { problems } = await world.admin('put-set', { ...set, query: { override: REASON } })
    expect(problems).toMatchObject([{ code: 'settings-conflict', severity: 'warning', overridden: true }])
    expect(await newest()).toMatchObject({ target: 'sets/hosts', detail: { override: REASON } })
  })

  it('stay away from what was read from Edict and is written back', async () => {
    const { declaration } = await world.admin('put-declaration', put('echo', passcode(6)))
    const { effects, problems } = await world.admin('put-declaration', put('echo', declaration as never))
    expect([effects.declarations, problems]).toEqual([[], []])
  })
})
