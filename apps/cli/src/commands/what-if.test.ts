import { describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'
import { filesOf, wifi, written } from '../test-run/testing/written.ts'

const facts = {
  'facts.json': '{"status":{"passcode":{"is-present":false},"device.operating-system.family":"iPadOS"}}',
  'answers.json':
    '{"enrollment":"A","items":{"passcode.is-present":{"answer":"value","value":true,"reportedAt":null}}}',
  'wrong.json': '{"state":{}}',
}

async function offline(...args: readonly string[]) {
  await using files = await written(wifi)
  const given = { ...facts, ...(await filesOf(files.folder)) }
  return await edict(['what-if', '--declarations', files.folder, ...args], {}, given)
}

describe('edict what-if, without a server', () => {
  it('says what turns, with the part of the predicate that decides, and what stays', async () => {
    const { code, stdout, stderr } = await offline('--facts', 'facts.json', '--set', 'passcode.is-present=true')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`+ activation wifi.on  inactive → active
    true  → @status(passcode.is-present) == TRUE
    true      @status(passcode.is-present)        given
+ configuration wifi  inactive → active
    activation wifi.on is active
`)
  })

  it('does not take for false what nobody said', async () => {
    const { stdout } = await offline()
    expect(stdout).toContain('Nothing turns on or off')
    expect(stdout).toContain('wifi.on  stays unknown: @status(passcode.is-present) == TRUE is unknown')
    expect(stdout).toContain('(@status(passcode.is-present) is not known)')
    expect((await offline('--set', 'passcode.is-present=null')).stdout).toContain('unknown → inactive')
  })

  it('goes on from what status --json printed, and without a declaration', async () => {
    const { stdout } = await offline('--facts', 'answers.json', '--without', 'wifi')
    expect(stdout).toContain(
      '- activation wifi.on  active → inactive\n    configuration wifi cannot be loaded: it is not there',
    )
    expect(stdout).toContain('- configuration wifi  active → not there')
  })

  it('knows variables: what a property stands in comes and goes with it', async () => {
    await using files = await written({
      ...wifi,
      'wifi.json': { ...(wifi['wifi.json'] as object), Payload: { ProfileURL: 'https://x.example/${property.room}' } },
    })
    const given = await filesOf(files.folder)
    const args = ['what-if', '--declarations', files.folder, '--set', 'passcode.is-present=true']
    const without = await edict(args, {}, given)
    expect(without.stdout).toContain('Nothing turns on or off')
    const { stdout } = await edict([...args, '--property', 'room=12'], {}, given)
    expect(stdout).toContain('+ configuration wifi  not there → active')
  })

  it('prints JSON', async () => {
    const { stdout } = await offline('--facts', 'facts.json', '--set', 'passcode.is-present=true', '--json')
    expect(JSON.parse(stdout).differences[0]).toMatchObject({
      identifier: 'wifi.on',
      turns: 'on',
      before: { activity: 'inactive', predicate: { outcome: 'false' } },
      after: { activity: 'active', because: { code: 'predicate-true' } },
    })
  })

  it.each([
    [['--facts', 'wrong.json'], 'state means nothing here'],
    [['--without', 'nowhere'], 'there is no such declaration'],
    [['--set', 'passcode.is-present'], 'expected key=value'],
    [['--set', 'passcode.is-presant=true'], 'no predicate reads it\n  do: write passcode.is-present\n'],
    [['--set', 'passcode.is-prese=true'], 'no predicate reads it'],
    [['--set', 'passcode.is-present=yes'], 'Cannot set passcode.is-present to "yes": it is of type boolean'],
  ])('ends with 2 for %j', async (args, message) => {
    const { code, stderr } = await offline(...args)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) })
  })

  it('takes a version for the text that it is', async () => {
    const Predicate = '@status(device.operating-system.version) == "18.10" AND @status(vendor.item) == 1'
    const Payload = { StandardConfigurations: ['wifi'], Predicate }
    const activation = { Identifier: 'wifi.on', Type: 'com.apple.activation.simple', Payload }
    await using files = await written({ ...wifi, 'wifi.on.json': activation })
    const sets = ['--set', 'device.operating-system.version=18.10', '--set', 'vendor.item=1']
    const given = await filesOf(files.folder)
    const { stdout } = await edict(['what-if', '--declarations', files.folder, ...sets], {}, given)
    expect(stdout).toContain('"18.10"')
    expect(stdout).toContain('+ activation wifi.on  inactive → active')
  })

  it('needs declarations from somewhere', async () => {
    expect(await edict(['what-if'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no declarations') })
  })
})

describe('edict what-if ENROLLMENT', () => {
  const item = (kind: string, identifier: string, type: string, payload: object, active: boolean) => {
    const condition = { condition: 'inactive', evidence: { active } }
    return { kind, identifier, type, payload, serverToken: identifier, condition }
  }
  const explained = {
    enrollment: 'A',
    platform: 'iOS',
    osVersion: '26.4.2',
    items: [
      item(
        'activation',
        'on',
        'com.apple.activation.simple',
        { StandardConfigurations: ['c'], Predicate: '"x" IN @property(roles)' },
        true,
      ),
      item('configuration', 'c', 'com.apple.configuration.management.test', { Echo: 'x' }, true),
      { ...item('management', 'edict.properties', 'com.apple.management.properties', { roles: ['x'], age: 7 }, false) },
      { ...item('asset', 'gone', 'com.apple.asset.useridentity', {}, false), serverToken: null, payload: null },
    ],
  }

  it('begins from what it should hold and reported, and changes own properties', async () => {
    await using peer = await listen(({ path }) => ({ body: path.endsWith('/explain') ? explained : { items: {} } }))
    const { code, stdout } = await edict(['what-if', 'A', '--property', 'roles=["y"]'], { EDICT_URL: peer.url })
    expect(code).toBe(0)
    expect(stdout).toContain('- activation on  active → inactive')
    expect(stdout).toContain('{"y"}      @property(roles)       property from edict.properties')
    expect(peer.asked.map(({ path }) => path).sort()).toEqual([
      '/api/v1/enrollments/A/explain',
      '/api/v1/enrollments/A/status',
    ])
  })

  it('takes files as a change of what it should hold', async () => {
    await using peer = await listen(({ path }) => ({ body: path.endsWith('/explain') ? explained : { items: {} } }))
    await using files = await written(wifi)
    const given = await filesOf(files.folder)
    const args = ['what-if', 'A', '--declarations', files.folder, '--set', 'passcode.is-present=true']
    const { stdout } = await edict(args, { EDICT_URL: peer.url }, given)
    expect(stdout).toContain('+ activation wifi.on  not there → active')
    expect(stdout).toContain('stays active: "x" IN @property(roles) is true')
  })
})
