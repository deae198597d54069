import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../harness/world.ts'

interface Draft {
  readonly Identifier: string
  readonly Type: string
  readonly Payload: object
  readonly [key: string]: unknown
}

interface Case {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly drafts: readonly Draft[]
  /** In what a commit says it: the last declaration, or the set of them. */
  readonly at: 'declaration' | 'set'
}

const PASSCODE = 'com.apple.configuration.passcode.settings'
const HOST = 'com.apple.configuration.screensharing.host.settings'
const passcode = (Identifier: string, Payload: object = { MinimumLength: 6 }): Draft => ({
  Identifier,
  Type: PASSCODE,
  Payload,
})
const on = (Identifier: string, lists: readonly string[], Predicate?: string): Draft => ({
  Identifier,
  Type: 'com.apple.activation.simple',
  Payload: { StandardConfigurations: lists, ...(Predicate === undefined ? {} : { Predicate }) },
})
const made = (Identifier: string, Type: string, Payload: object): Draft => ({ Identifier, Type, Payload })
const last = (code: string, severity: Case['severity'], ...drafts: readonly Draft[]): Case => ({
  code,
  severity,
  drafts,
  at: 'declaration',
})
const inSet = (code: string, severity: Case['severity'], ...drafts: readonly Draft[]): Case => ({
  ...last(code, severity, ...drafts),
  at: 'set',
})
const gated = (code: string, severity: Case['severity'], predicate: string) =>
  last(code, severity, passcode('p'), on('on', ['p'], predicate))

const profile = (ProfileURL: string) => made('wifi', 'com.apple.configuration.legacy', { ProfileURL })
const mail = (Identifier: string, asset: string) =>
  made(Identifier, 'com.apple.configuration.account.caldav', {
    HostName: 'cal.example.com',
    AuthenticationCredentialsAssetReference: asset,
  })
const person = made('ada', 'com.apple.asset.useridentity', { FullName: 'Ada', EmailAddress: 'ada@example.com' })
const set = (Identifier: string, value: unknown) => made(Identifier, 'com.apple.management.properties', { role: value })

const cases: readonly Case[] = [
  last('payload-key-unknown', 'error', passcode('p', { MinimumLenght: 6 })),
  last('payload-key-case', 'error', passcode('p', { minimumLength: 6 })),
  last('payload-type', 'error', passcode('p', { MinimumLength: '6' })),
  last('payload-range', 'error', passcode('p', { MinimumLength: 60 })),
  last('payload-format', 'error', profile('http://content.example.com/x')),
  last('payload-presence', 'error', made('cal', 'com.apple.configuration.account.caldav', {})),
  last('envelope-misplaced', 'error', { ...passcode('p'), MinimumLength: 6 }),
  last('predicate-misplaced', 'error', passcode('p'), { ...on('on', ['p']), Predicate: 'TRUEPREDICATE' }),
  last('type-unknown', 'error', made('x', 'com.example.thing', {})),
  last('identifier-malformed', 'error', passcode('a b')),
  last('reference-missing', 'error', on('on', ['gone'])),
  last('activation-references', 'error', set('a', 1), on('on', ['a'])),
  last('reference-kind', 'error', passcode('p'), mail('mail', 'p')),
  last('reference-asset-type', 'error', person, mail('mail', 'ada')),
  inSet('asset-without-user', 'warning', person),
  inSet('configuration-without-activation', 'warning', passcode('p')),
  inSet('settings-conflict', 'warning', passcode('p'), passcode('q', { MinimumLength: 8 }), on('on', ['p', 'q'])),
  inSet('activation-redundant', 'warning', passcode('p'), on('a', ['p']), on('b', ['p'], '@property(role) == 1')),
  inSet('shard-gap', 'warning', ...shards('@property(shard) < 10', '@property(shard) > 10')),
  inSet('shard-overlap', 'warning', ...shards('@property(shard) <= 10', '@property(shard) >= 10')),
  last(
    'activation-all-or-nothing',
    'warning',
    made('host', HOST, {}),
    made('watch', 'com.apple.configuration.watch.enrollment', {
      EnrollmentProfileURL: 'https://content.example.com/x',
    }),
    on('on', ['host', 'watch']),
  ),
  gated('property-set-nowhere', 'warning', '@property(nobody) == 1'),
  gated('quotes-curly', 'error', '@status(device.model.family) == “iPad”'),
  gated('syntax', 'error', '@status(device.model.family) =='),
  gated('unknown-status-item', 'error', "@status(device.model.famly) == 'iPad'"),
  gated('item-key-unknown', 'error', "SUBQUERY(@status(mdm.app), $a, $a.@key(b) == 'x').@count > 0"),
  gated('mixed-and-or', 'error', '1 == 1 OR 2 == 2 AND 3 == 3'),
  gated('operand-type', 'error', '@status(device.model.family) > 3'),
  gated('function-refused', 'error', "FUNCTION(self, 'x') == 1"),
  gated('argument-placeholder', 'error', '@status(device.model.family) == %@'),
  gated('regex-invalid', 'error', "@status(device.model.family) MATCHES '('"),
  gated('translated-word', 'error', '@status(passcode.is-present)==vrai'),
  gated('version-as-text', 'warning', "@status(device.operating-system.version) >= '16.4'"),
  gated('never-equal', 'warning', "@status(passcode.is-compliant) == 'true'"),
  gated('value-not-listed', 'warning', "@status(device.model.family) == 'Ipad'"),
  gated('nil-sensitive', 'warning', '@status(passcode.is-compliant) != TRUE'),
  gated(
    'always-false',
    'warning',
    '@status(passcode.is-compliant) == TRUE AND @status(passcode.is-compliant) == FALSE',
  ),
  gated('bare-status-path', 'warning', "device.model.family == 'iPad'"),
]

function shards(one: string, other: string): readonly Draft[] {
  return [passcode('p'), passcode('q', { MinimumLength: 8 }), on('a', ['p'], one), on('b', ['q'], other)]
}

interface Found {
  readonly code: string
  readonly severity?: string
  readonly path?: string
}

let world: World
let linted: readonly Found[] = []
let folder = ''

beforeAll(async () => {
  world = await openWorld('sqlite')
  folder = await mkdtemp(join(tmpdir(), 'edict-doors-'))
  for (const [index, { drafts }] of cases.entries()) {
    await mkdir(join(folder, `${index}`))
    for (const [place, draft] of drafts.entries())
      await writeFile(join(folder, `${index}`, `${place}.json`), JSON.stringify(draft))
  }
  linted = await lint(cases.map((_, index) => join(folder, `${index}`)))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

async function lint(folders: readonly string[]): Promise<readonly Found[]> {
  const program = join(import.meta.dirname, '../../apps/cli/bin/edict.js')
  const text = await new Promise<string>((resolve) => {
    execFile(process.execPath, [program, 'lint', '--json', ...folders], (_, stdout) => resolve(stdout))
  })
  return JSON.parse(text).problems
}

/** Each case in a namespace of its own, so that one world takes them all. */
async function commit({ drafts, at }: Case, index: number): Promise<readonly Found[]> {
  const own = (name: string) => (/^[a-z]+$/.test(name) ? `${name}.${index}` : name)
  const names = new Set(drafts.map(({ Identifier }) => Identifier))
  const body = JSON.stringify(drafts, (_, value) => (names.has(value) ? own(value) : value))
  const said: Found[][] = []
  for (const { Identifier, ...draft } of JSON.parse(body) as Draft[])
    said.push(await written('declarations', Identifier, draft))
  if (at === 'declaration') return said.at(-1) ?? []
  return written('sets', `set.${index}`, { declarations: [...names].map(own) })
}

async function written(what: string, name: string, body: object): Promise<Found[]> {
  const input = what === 'sets' ? { params: { name }, body } : { params: { identifier: name }, body }
  const call = what === 'sets' ? 'put-set' : 'put-declaration'
  try {
    return [...(await world.admin(call, input as never)).problems]
  } catch {
    const problem = await world.admin.refused(call, input as never)
    return [...(problem.problems ?? [{ ...problem, severity: 'error' }])]
  }
}

it.each(cases.map((one, index) => [one.code, index, one] as const))(
  'says %s in a lint and in a commit (%i)',
  async (code, index, one) => {
    const found = { code, severity: one.severity }
    const here = linted.filter(({ path }) => path?.startsWith(join(folder, `${index}/`)))
    expect(here, 'lint').toContainEqual(expect.objectContaining(found))
    expect(await commit(one, index), 'commit').toContainEqual(expect.objectContaining(found))
  },
)
