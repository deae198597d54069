import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { openWorld, type World } from '../harness/world.ts'

interface Answer {
  readonly status: number
  readonly remedy?: string
  readonly problems?: readonly object[]
}

describe.each(databases)('where a problem is in what was sent, on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(database)
  })
  afterAll(() => world.close())

  const put = async (path: string, body: string) => {
    const response = await fetch(`${world.url}/api/v1/${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body,
    })
    return { ...((await response.json()) as Answer), status: response.status }
  }

  it('is told as line and column beside the JSON pointer, for each of several', async () => {
    const body = `{
  "Type": "com.apple.configuration.passcode.settings",
  "Payload": {
    "MinimumLength": 20,
    "minimumLength": 6
  }
}`
    const { status, problems } = await put('declarations/long', body)
    expect(status).toBe(422)
    expect(problems).toMatchObject([
      { code: 'payload-key-case', at: '/Payload/minimumLength', line: 5, column: 5 },
      { code: 'payload-range', at: '/Payload/MinimumLength', line: 4, column: 22 },
    ])
  })

  it('is told inside a predicate, past the escapes, and of warnings that come with a commit', async () => {
    await put('declarations/p', '{"Type": "com.apple.configuration.passcode.settings", "Payload": {}}')
    const predicate = (text: string) => `{"Type": "com.apple.activation.simple",
"Payload": {"StandardConfigurations": ["p"],
  "Predicate": "${text}"}}`
    expect(await put('declarations/on', predicate('\\"a\\" IN @property(b) AND @status(nothing) == 1'))).toMatchObject({
      status: 422,
      code: 'unknown-status-item',
      at: '/Payload/Predicate:1:25',
      line: 3,
      column: 43,
    })
    const { status, problems } = await put('declarations/on', predicate("@status(device.model.family) == 'Ipad'"))
    expect(status).toBe(200)
    expect(problems).toContainEqual(expect.objectContaining({ code: 'value-not-listed', line: 3, column: 49 }))
  })

  it('is told of a set by its member, and not of what stands in the path', async () => {
    expect(await put('sets/s', '{"declarations":\n ["p", "gone"]}')).toMatchObject({
      code: 'reference-missing',
      at: '/declarations/1',
      line: 2,
      column: 8,
    })
    const named = await put(
      'declarations/a%20b',
      '{"Type": "com.apple.configuration.passcode.settings", "Payload": {}}',
    )
    expect(named).toMatchObject({ code: 'identifier-malformed', at: '/Identifier' })
    expect(named).not.toHaveProperty('line')
  })

  it('is told of a request that does not fit the contract', async () => {
    expect(await put('sets/s', '{\n  "declarations": "p"}')).toMatchObject({
      status: 400,
      code: 'request-malformed',
      at: '/body/declarations',
      line: 2,
      column: 19,
    })
  })

  it('is told of what is no JSON, and the slips of a slide are known by name', async () => {
    const slide = `{
  "Type": "com.apple.activation.simple",
  "Payload": { "StandardConfigurations": ["p"] },
  "Predicate": "("Grade12" IN @property(roles))"
}`
    const found = await put('declarations/on', slide)
    expect(found).toMatchObject({ status: 400, code: 'quotes-unescaped', line: 4, column: 18 })
    expect(found.remedy).toContain("('Grade12' IN @property(roles))")
    expect(await put('declarations/on', '{“Type”: "x"}')).toMatchObject({ status: 400, code: 'quotes-curly', line: 1 })
    expect(await put('declarations/on', '{"Type": ,}')).toMatchObject({
      status: 400,
      code: 'request-malformed',
      line: 1,
      column: 10,
    })
  })
})
