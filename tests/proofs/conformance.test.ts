import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Coming, checks, examine, examiner, openLine, type Result } from '@edict/cli'
import { decodeCommand, encodeCommand, type JsonObject } from '@edict/protocol'
import { invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edict } from '../demo/run.ts'
import { PASSWORD } from '../harness/account-person.ts'
import { TOKEN } from '../harness/admin.ts'
import { databases } from '../harness/databases.ts'
import { activation, properties, testConfiguration } from '../harness/declarations.ts'
import { type Answer, alter, answerWith, type Fault, faultyServer, withhold } from '../harness/faulty-server.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { openWorld, type World } from '../harness/world.ts'

/** A server that makes a mistake, and the checks that must find it: these, and no others. */
interface Mistake {
  readonly mistake: string
  readonly found: readonly string[]
  readonly fault: () => Fault
}

const nothing: Answer = { status: 200, body: Buffer.from('') }

/** A fault that needs to know how often something was asked: 1 for the first time. */
function counted(what: string | RegExp, fault: (count: number, answer: Answer) => Answer): () => Fault {
  return () => {
    let count = 0
    return (asked, answer) => {
      if (typeof what === 'string' ? asked.what !== what : !what.test(asked.what)) return answer
      count += 1
      return fault(count, answer)
    }
  }
}

const json = (answer: Answer) => JSON.parse(answer.body.toString()) as JsonObject
const encoded = (answer: Answer, value: unknown): Answer => ({ ...answer, body: Buffer.from(JSON.stringify(value)) })

type Items = Record<string, { readonly Identifier: string; readonly ServerToken: string }[]>
const itemsOf = (manifest: object) => (manifest as { readonly Declarations: Items }).Declarations
const manifestWith = (change: (items: Items) => unknown): Fault =>
  alter('declaration-items', (manifest) => ({ ...manifest, Declarations: change(itemsOf(manifest)) }))
/** A fault of some status reports, told by what is in them. */
const reports =
  (part: string, status: number): Fault =>
  (asked, answer) =>
    asked.what === 'status' && Buffer.from(asked.plist.Data as Uint8Array).includes(part)
      ? { ...nothing, status }
      : answer

const mistakes: readonly Mistake[] = [
  {
    mistake: 'answers Authenticate 204',
    found: ['authenticate-answered'],
    fault: () => answerWith('Authenticate', 204),
  },
  {
    mistake: 'says OK to TokenUpdate',
    found: ['token-update-answered'],
    fault:
      () =>
      ({ what }, answer) =>
        what === 'TokenUpdate' ? { status: 200, body: Buffer.from('OK') } : answer,
  },
  {
    mistake: 'ends a session with an empty property list',
    found: ['commands-well-formed', 'session-ends'],
    fault:
      () =>
      ({ what }, answer) =>
        ['Acknowledged', 'NotNow'].includes(what) && answer.body.length === 0
          ? { status: 200, body: Buffer.from('<plist version="1.0"><dict/></plist>') }
          : answer,
  },
  {
    mistake: 'fails when asked for a command',
    found: ['idle-answered', 'content-type-suffix'],
    fault: () => answerWith('Idle', 500),
  },
  {
    mistake: 'never turns declarative management on',
    found: ['offer-comes'],
    fault: () => withhold('DeclarativeManagement'),
  },
  {
    mistake: 'forgets what a device was not ready for',
    found: ['not-now-again'],
    fault: () => {
      let refused = false
      return ({ what }, answer) => {
        refused ||= what === 'NotNow'
        return refused && ['Idle', 'NotNow'].includes(what) ? nothing : answer
      }
    },
  },
  {
    mistake: 'asks again at once when a device is not ready',
    found: ['not-now-rests'],
    fault: () => {
      let given = nothing
      return ({ what }, answer) => {
        if (what === 'Idle') given = answer
        return what === 'NotNow' ? given : answer
      }
    },
  },
  {
    mistake: 'fails when a result comes twice',
    found: ['result-twice'],
    fault: counted('Acknowledged', (count, answer) => (count === 2 ? { ...nothing, status: 500 } : answer)),
  },
  { mistake: 'refuses NotNow', found: ['result-answered'], fault: () => answerWith('NotNow', 400) },
  {
    mistake: 'writes milliseconds into the Data of a command',
    found: ['command-timestamp'],
    fault: () => (_, answer) => {
      if (!answer.body.includes('<string>DeclarativeManagement</string>')) return answer
      const { CommandUUID, Command } = decodeCommand(answer.body)
      const Data = Buffer.from(
        Buffer.from(Command.Data as Uint8Array)
          .toString()
          .replace('Z"', '.250Z"'),
      )
      return { ...answer, body: Buffer.from(encodeCommand({ CommandUUID, Command: { ...Command, Data } })) }
    },
  },
  {
    mistake: 'has no tokens',
    found: ['tokens-answered', 'plist-binary', 'content-type-suffix'],
    fault: () => answerWith('tokens', 500),
  },
  {
    mistake: 'writes milliseconds',
    found: ['tokens-timestamp'],
    fault: () =>
      alter('tokens', ({ SyncTokens }) => ({
        SyncTokens: { ...(SyncTokens as object), Timestamp: new Date(0).toISOString() },
      })),
  },
  {
    mistake: 'makes tokens of 300 octets',
    found: ['tokens-length', 'manifest-server-tokens'],
    fault: () => {
      const DeclarationsToken = 'x'.repeat(300)
      const tokens = alter('tokens', ({ SyncTokens }) => ({
        SyncTokens: { ...(SyncTokens as object), DeclarationsToken },
      }))
      const items = alter('declaration-items', (manifest) => ({ ...manifest, DeclarationsToken }))
      return (asked, answer) => items(asked, tokens(asked, answer))
    },
  },
  {
    mistake: 'makes another token each time',
    found: ['tokens-stable'],
    fault: counted('tokens', (count, answer) => {
      const { SyncTokens } = json(answer) as { readonly SyncTokens: JsonObject }
      return count === 1 ? answer : encoded(answer, { SyncTokens: { ...SyncTokens, DeclarationsToken: `v${count}` } })
    }),
  },
  {
    mistake: 'leaves out an array that is empty',
    found: ['manifest-answered'],
    fault: () => manifestWith(({ Assets: _, ...others }) => others),
  },
  {
    mistake: 'writes a key too many into the manifest',
    found: ['manifest-keys'],
    fault: () => manifestWith((items) => ({ ...items, Version: 1 })),
  },
  {
    mistake: 'has another token in the manifest',
    found: ['manifest-token'],
    fault: () => alter('declaration-items', (manifest) => ({ ...manifest, DeclarationsToken: 'another' })),
  },
  {
    mistake: 'lists a configuration twice',
    found: ['manifest-unique'],
    fault: () =>
      manifestWith((items) => ({
        ...items,
        Configurations: [...(items.Configurations ?? []), ...(items.Configurations ?? [])],
      })),
  },
  {
    mistake: 'has spaces in an Identifier',
    found: ['manifest-identifiers', 'declarations-answered'],
    fault: () => manifestWith((items) => ({ ...items, Assets: [{ Identifier: 'an asset', ServerToken: 'one' }] })),
  },
  {
    mistake: 'makes another manifest each time',
    found: ['manifest-stable'],
    fault: counted('declaration-items', (count, answer) => {
      const manifest = json(answer)
      return count === 1
        ? answer
        : encoded(answer, { ...manifest, Declarations: { ...itemsOf(manifest), Management: [] } })
    }),
  },
  {
    mistake: 'fails for a declaration that it lists',
    found: ['declarations-answered'],
    fault: () => answerWith('declaration/configuration/examined.test', 500),
  },
  {
    mistake: 'serves a declaration without Payload',
    found: ['declarations-well-formed'],
    fault: () => alter('declaration/configuration/examined.test', ({ Payload: _, ...others }) => others),
  },
  {
    mistake: 'serves another ServerToken than it listed',
    found: ['declarations-match'],
    fault: () => alter('declaration/configuration/examined.test', (body) => ({ ...body, ServerToken: 'another' })),
  },
  {
    mistake: 'serves an asset as a configuration',
    found: ['declarations-kind'],
    fault: () =>
      alter('declaration/configuration/examined.test', (body) => ({ ...body, Type: 'com.apple.asset.useridentity' })),
  },
  {
    mistake: 'writes a Predicate beside Payload',
    found: ['predicate-placed'],
    fault: () => alter('declaration/activation/examined.on', (body) => ({ ...body, Predicate: 'TRUEPREDICATE' })),
  },
  {
    mistake: 'changes what it serves under one ServerToken',
    found: ['declarations-stable'],
    fault: counted('declaration/configuration/examined.test', (count, answer) =>
      encoded(answer, { ...json(answer), Payload: { Echo: `time ${count}` } }),
    ),
  },
  {
    mistake: 'lists a configuration in an activation that it does not list in the manifest',
    found: ['references-listed'],
    fault: () =>
      alter('declaration/activation/examined.on', (body) => ({
        ...body,
        Payload: { StandardConfigurations: ['examined.test', 'examined.lost'] },
      })),
  },
  {
    mistake: 'refuses a declaration that it has not',
    found: ['unknown-identifier'],
    fault: () => answerWith(/no-such-declaration/, 400),
  },
  {
    mistake: 'does not look at the kind',
    found: ['other-kind'],
    fault:
      () =>
      ({ what }, answer) =>
        /^declaration\/(?!.*(?:conformance|gadget))[a-z]+\/[\w.-]{1,64}$/.test(what) && answer.status === 404
          ? { status: 200, body: Buffer.from('{}') }
          : answer,
  },
  { mistake: 'fails for a kind it does not know', found: ['unknown-kind'], fault: () => answerWith(/gadget/, 500) },
  { mistake: 'fails for odd characters', found: ['odd-identifiers'], fault: () => answerWith(/%2e|ü|;/, 500) },
  {
    mistake: 'answers reports 204',
    found: ['status-answered'],
    fault:
      () =>
      ({ what }, answer) =>
        what === 'status' ? { ...answer, status: 204, body: Buffer.from('') } : answer,
  },
  { mistake: 'refuses passcodes', found: ['status-nested'], fault: () => reports('passcode":{"is-present', 500) },
  { mistake: 'refuses items unknown to it', found: ['status-unknown-items'], fault: () => reports('is-new', 400) },
  {
    mistake: 'refuses the same report again',
    found: ['status-repeated'],
    fault: () => {
      const seen = new Set<string>()
      return ({ what, body }, answer) => {
        if (what !== 'status') return answer
        const isNew = !seen.has(String(body))
        seen.add(String(body))
        return isNew ? answer : { ...nothing, status: 409 }
      }
    },
  },
  { mistake: 'refuses full reports', found: ['status-full'], fault: () => reports('FullReport', 500) },
  {
    mistake: 'fails for an identifier that a report has twice',
    found: ['status-same-identifier'],
    fault: () => reports('conformance.twice', 500),
  },
  {
    mistake: 'refuses a report without items',
    found: ['status-nothing-new'],
    fault: () => reports('{"StatusItems":{},"Errors":[]}', 400),
  },
  { mistake: 'refuses removals', found: ['status-removed'], fault: () => reports('_removed', 500) },
  { mistake: 'refuses Errors', found: ['status-errors'], fault: () => reports('Reasons', 500) },
  {
    mistake: 'fails for a report that is no JSON',
    found: ['status-unreadable'],
    fault:
      () =>
      ({ what, plist }, answer) =>
        what === 'status' && String(Buffer.from(plist.Data as Uint8Array)) === '{"StatusItems": {'
          ? { ...nothing, status: 500 }
          : answer,
  },
  {
    mistake: 'unenrolls whoever says what it does not know',
    found: ['message-unknown', 'never-401'],
    fault: () => answerWith('ConformanceUnknown', 401),
  },
  { mistake: 'fails for what is no message', found: ['message-malformed'], fault: () => answerWith('unreadable', 500) },
  {
    mistake: 'reads no binary property lists',
    found: ['plist-binary'],
    fault:
      () =>
      ({ body }, answer) =>
        Buffer.from(body).subarray(0, 6).toString() === 'bplist' ? { ...nothing, status: 400 } : answer,
  },
  {
    mistake: 'compares the whole content type',
    found: ['content-type-suffix'],
    fault:
      () =>
      ({ type }, answer) =>
        /checkin; charset/.test(type) ? { ...nothing, status: 415 } : answer,
  },
  {
    mistake: 'closes each connection',
    found: ['keep-alive'],
    fault: () => (_, answer) => ({ ...answer, headers: { ...answer.headers, connection: 'close' } }),
  },
  {
    mistake: 'compresses unasked',
    found: ['no-encoding'],
    fault:
      () =>
      ({ what }, answer) =>
        what === 'status' ? { ...answer, headers: { 'content-encoding': 'br' } } : answer,
  },
]

/** What asks much of a machine: its turn comes once, with the real server. */
const heavy = ['body-too-large', 'status-large']

/** Of the others, what they judge is tried on values: `apps/cli/src/conformance/checks.test.ts`. */
const byValue = [
  'body-too-large',
  'change-seen',
  'change-served',
  'change-token',
  'framing',
  'identity-mismatch',
  'status-large',
]

it('each check has a mistake that it finds', () => {
  const found = mistakes.flatMap((one) => one.found)
  expect([...new Set([...found, ...byValue])].sort()).toEqual(checks.map(({ code }) => code).sort())
})

const quick = checks.map(({ code }) => code).filter((code) => !heavy.includes(code))

async function examinedAs(coming: Coming, change: (() => Promise<void>) | null, only: readonly string[]) {
  const who = await examiner(coming, coming.kind === 'unproven' ? 'EXAMINED' : undefined)
  const line = openLine(20_000)
  try {
    return await examine({ who, line, wait: 0, change }, { only })
  } finally {
    line.close()
  }
}

describe.each(databases)('edict conformance on %s', (database) => {
  let world: World
  const urls = (url: string) => ({ checkInUrl: `${url}/mdm/checkin`, connectUrl: `${url}/mdm/connect` })

  beforeAll(async () => {
    world = await openWorld(database)
    await examined(world.url, null, ['authenticate-answered'])
    await putSet(world.admin, 'examined', {
      'examined.test': testConfiguration('examined'),
      'examined.on': activation(['examined.test']),
      'examined.properties': properties({ examined: true }),
    })
    await giveSet(world.admin, 'examined', 'EXAMINED')
  })
  afterAll(() => world.close())

  const examined = (url: string, change: (() => Promise<void>) | null, only: readonly string[]) =>
    examinedAs({ kind: 'unproven', ...urls(url) }, change, only)

  it('edict conformance finds nothing wrong with our own server', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'edict-conformance-'))
    const changed = join(folder, 'changed.json')
    await writeFile(changed, JSON.stringify({ Identifier: 'examined.test', ...testConfiguration('changed') }))
    const { checkInUrl, connectUrl } = urls(world.url)
    const args = ['--checkin', checkInUrl, '--connect', connectUrl, '--udid', 'EXAMINED', '--junit', `${folder}/r.xml`]
    const put = `'${process.execPath}' apps/cli/bin/edict.js declarations put ${changed} --server ${world.url}`
    const env = { EDICT_ADMIN_TOKEN: TOKEN }
    const run = await edict(['conformance', ...args, '--change-command', put, '--json'], env).ended
    expect(run.stderr).toBe('')
    const { passed, checks: made } = JSON.parse(run.stdout) as { passed: boolean; checks: Result[] }
    expect(made.filter(({ outcome }) => outcome !== 'pass')).toMatchObject([{ code: 'identity-mismatch' }])
    expect([made.length, passed, run.code]).toEqual([checks.length, true, 0])
    const totals = `tests="${checks.length}" failures="0" errors="0" skipped="1"`
    expect(await readFile(`${folder}/r.xml`, 'utf8')).toContain(totals)
    await rm(folder, { recursive: true })
  })

  it('edict conformance shows what is wrong with another one, and ends with 1', async () => {
    const fault = alter('tokens', () => ({
      SyncTokens: { DeclarationsToken: 'one', Timestamp: '2026-05-19T10:00:00.000Z' },
    }))
    await using faulty = await faultyServer(world.url, fault)
    const { checkInUrl, connectUrl } = urls(faulty.url)
    const args = ['--checkin', checkInUrl, '--connect', connectUrl, '--only', 'tokens-answered', 'tokens-timestamp']
    const { code, stdout } = await edict(['conformance', ...args]).ended
    expect(code).toBe(1)
    expect(stdout).toContain('✓ tokens is answered 200')
    expect(stdout).toContain('✗ Timestamp is RFC 3339 without fractions of a second')
    expect(stdout).toContain('2026-05-19T10:00:00.000Z')
    expect(stdout).toContain('1 passed, 1 failed')
  })

  it('our own server passes everything, also while something changes', async () => {
    const put = (echo: string) =>
      world.admin('put-declaration', { params: { identifier: 'examined.test' }, body: testConfiguration(echo) })
    const results = await examined(world.url, async () => void (await put('changed again')), [])
    expect(results.filter(({ outcome }) => outcome !== 'pass')).toMatchObject([
      { code: 'identity-mismatch', outcome: 'skipped' },
    ])
  })

  // What stands in front of the server makes the mistakes: they are the same on any database.
  it.each(database === 'sqlite' ? mistakes : [])('a server that $mistake is found out', async ({ found, fault }) => {
    await using faulty = await faultyServer(world.url, fault())
    const results = await examined(faulty.url, null, quick)
    expect(results.filter(({ flaws }) => flaws.length > 0).map(({ code }) => code)).toEqual(found)
  })

  it('a server that serves new content under what it promised before is found out', async () => {
    let isChanged = false
    const change = async () => {
      isChanged = true
      const body = testConfiguration(`changed on ${database}`)
      await world.admin('put-declaration', { params: { identifier: 'examined.test' }, body })
    }
    await using faulty = await faultyServer(world.url, (asked, answer) =>
      isChanged ? alter(/^declaration\//, (body) => ({ ...body, ServerToken: 'new' }))(asked, answer) : answer,
    )
    const results = await examined(faulty.url, change, ['change-served', 'change-token', 'change-seen'])
    expect(results.map(({ code, outcome }) => [code, outcome])).toEqual([
      ['change-served', 'fail'],
      ['change-token', 'pass'],
      ['change-seen', 'pass'],
    ])
  })
})

describe('with an identity', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('sqlite over TLS', { options: { accountDriven: 'byod' } })
  })
  afterAll(() => world.close())

  const unlike = (results: readonly Result[]) =>
    results
      .filter(({ outcome, group }) => outcome !== 'pass' && group !== 'change')
      .map(({ code, flaws }) => [code, flaws])

  it('our own server passes everything over TLS, by an enrollment profile, and is not taken in by another name', async () => {
    const profile = await invitedProfile((await world.admin('create-invitation', { body: {} })).link)
    const results = await examinedAs({ kind: 'profile', profile }, null, [])
    expect(unlike(results)).toEqual([])
    expect(results.find(({ code }) => code === 'identity-mismatch')?.outcome).toBe('pass')
  })

  it('our own server passes everything after somebody signed in', async () => {
    await world.admin('add-account', { body: { name: 'ada@school.example', password: PASSWORD } })
    const coming = { kind: 'account', account: 'ada@school.example', password: PASSWORD, discovery: world.url } as const
    expect(unlike(await examinedAs(coming, null, []))).toEqual([])
  })
})
