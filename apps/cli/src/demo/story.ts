import { setTimeout as sleep } from 'node:timers/promises'
import { CALENDAR, declarations, MAIL, PASSCODE, sets, WIFI_LOWER, WIFI_UPPER } from './declarations.ts'
import { both, type Goal, goal, judged, reported } from './goal.ts'
import { look } from './look.ts'
import { reach, type Stage } from './reach.ts'
import type { School, SchoolChannel } from './school.ts'
import { seeded, shuffled } from './seeded.ts'
import type { Role, Teacher } from './teachers.ts'
import { bodiesSince, bodiesText, sameConditions, sameManifest, stateOf } from './witness.ts'
import { measured, sentText } from './writer.ts'

const PROPERTIES = 'edict.properties'
const SUBSCRIPTION = 'edict.status-subscription'

/** The school year, step by step. Everything is written and read through the API; only people act on the devices. */
export async function story(school: School, seed: string, stage: Stage): Promise<void> {
  await arrival(school, stage)
  await preloading(school, stage)
  await firstDay(school, stage)
  await passcodes(school, seed, stage)
  await tunnel(school, stage)
  await newCoach(school, stage)
  await agreement(school, stage)
}

async function arrival(school: School, stage: Stage): Promise<void> {
  const step = '1  The devices arrive'
  stage.screen.step(step)
  const { devices, channels } = school
  const refusals = new Map<string, string>()
  void Promise.all(
    devices.map((device) => school.enroll(device).catch((error: Error) => refusals.set(device.id, error.message))),
  )
  const all = channels
  await reach(
    step,
    [
      goal('enrolled', all, async ({ id, device }, look) => {
        if ((await look.enrollments()).get(id)?.state === 'enrolled') return null
        return refusals.get(device.id) ?? 'not enrolled yet'
      }),
      goal('declarative management is on', all, async ({ id }, look) =>
        (await look.enrollments()).get(id)?.enabled === true ? null : 'DeclarativeManagement was not acknowledged yet',
      ),
      judged('status subscription in force', all, SUBSCRIPTION, 'in-force'),
    ],
    stage,
  )
}

async function preloading({ channels }: School, stage: Stage): Promise<void> {
  const step = '2  Before the holidays end: everything is loaded, nothing is switched on'
  stage.screen.step(step)
  const ipads = ofKind(channels, 'ipad')
  const users = ofKind(channels, 'mac-user')
  const sent = await measured(stage.client, async (client) => {
    for (const [identifier, body] of Object.entries(declarations))
      await client.call('put-declaration', { params: { identifier }, body })
    for (const [name, identifiers] of Object.entries(sets))
      await client.call('put-set', { params: { name }, body: { declarations: [...identifiers] } })
    const members = { ipads, macs: ofKind(channels, 'mac') }
    for (const [name, of] of Object.entries(members))
      await client.call('put-group', { params: { name }, body: { enrollments: of.map(({ id }) => id) } })
    for (const set of ['school-base', 'school-roles'])
      await client.call('put-group-set', { params: { name: 'ipads', set }, body: {} })
    await client.call('put-group-set', {
      params: { name: 'macs', set: 'school-accounts' },
      body: { channel: 'user' },
    })
  })
  stage.screen.line(
    `sent: ${Object.keys(declarations).length} declarations, ${Object.keys(sets).length} sets, 2 groups, ` +
      `3 assignments: ${sentText(sent)}`,
  )
  await reach(
    step,
    [
      judged('passcode policy in force on the iPads', ipads, PASSCODE, 'in-force'),
      judged('Wi-Fi Lower inactive', ipads, WIFI_LOWER, 'inactive'),
      judged('Wi-Fi Upper inactive', ipads, WIFI_UPPER, 'inactive'),
      judged('IT Admin mail account inactive', [...ipads, ...users], MAIL, 'inactive'),
      judged('Sports calendar inactive', [...ipads, ...users], CALENDAR, 'inactive'),
    ],
    stage,
  )
}

async function firstDay({ channels }: School, stage: Stage): Promise<void> {
  const step = '3  First day of school: each device learns whose it is'
  stage.screen.step(step)
  const from = Date.now()
  const owned = channels.filter(({ kind }) => kind !== 'mac')
  const ipads = ofKind(channels, 'ipad')
  const sent = await measured(stage.client, async (client) => {
    const items = owned.map(({ id, teacher }) => ({ enrollment: id, properties: propertiesOf(teacher) }))
    await client.call('post-properties', { body: { items } })
  })
  stage.screen.line(`sent: the roles of ${owned.length} channels in ${sentText(sent)}`)
  await reach(
    step,
    [
      judged('roles known', owned, PROPERTIES, 'in-force'),
      judged('IT Admin mail account in force', withRole(owned, 'IT Admin'), MAIL, 'in-force'),
      judged('Sports calendar in force', withRole(owned, 'Sports'), CALENDAR, 'in-force'),
      both(
        judged('Wi-Fi Lower waits for a passcode', withRole(ipads, 'Lower'), WIFI_LOWER, 'inactive'),
        judged('roles known', withRole(ipads, 'Lower'), PROPERTIES, 'in-force'),
      ),
      both(
        judged('Wi-Fi Upper waits for a passcode', withRole(ipads, 'Upper'), WIFI_UPPER, 'inactive'),
        judged('roles known', withRole(ipads, 'Upper'), PROPERTIES, 'in-force'),
      ),
    ],
    stage,
  )
  stage.screen.line(`witness: ${bodiesText(bodiesSince(from, owned))}`)
}

async function passcodes(school: School, seed: string, stage: Stage): Promise<void> {
  const step = '4  The teachers choose a passcode, and Wi-Fi turns on by itself'
  stage.screen.step(step)
  const from = Date.now()
  const pushes = school.pushes()
  const ipads = ofKind(school.channels, 'ipad').filter((channel) => channel !== traveller(school))
  const random = seeded(`${seed} passcodes`)
  const people = (async () => {
    for (const { device } of shuffled(ipads, random)) {
      await sleep(20 + random() * 60, undefined, { signal: stage.signal })
      device.model.satisfyPasscode()
    }
  })()
  // Whoever stops the demo stops the people too.
  people.catch(() => undefined)
  await reach(
    step,
    [
      reported('passcode.is-compliant reported true', ipads, 'passcode.is-compliant', true),
      judged('Wi-Fi Lower in force', withRole(ipads, 'Lower'), WIFI_LOWER, 'in-force'),
      judged('Wi-Fi Upper in force', withRole(ipads, 'Upper'), WIFI_UPPER, 'in-force'),
    ],
    stage,
  )
  await people
  stage.screen.line(`over the fleet, passcode.is-compliant is ${await countsOf('passcode.is-compliant', stage)}`)
  stage.screen.line(`sent: nothing, not even a push (${school.pushes() - pushes})`)
  stage.screen.line(`witness: ${bodiesText(bodiesSince(from, ipads))}`)
}

/** The server cannot be reached, and is not needed. */
async function tunnel(school: School, stage: Stage): Promise<void> {
  const channel = traveller(school)
  const { device, teacher, id } = channel
  const step = `5  ${teacher.name} is in a tunnel, and chooses a passcode there`
  stage.screen.step(step)
  const wifi = teacher.roles.includes('Lower') ? WIFI_LOWER : WIFI_UPPER
  device.model.setNetwork(false)
  device.model.satisfyPasscode()
  const active = goal('witness: Wi-Fi is active on the iPad', [channel], () => stateOf(channel, wifi))
  await reach(step, [active], stage)
  const before = (await look(stage.client).conditions(id)).get(wifi)
  stage.screen.line(`the server, which has not heard of it: ${wifi} is ${before?.condition}`)
  device.model.setNetwork(true)
  await reach(step, [judged('out of the tunnel: Wi-Fi in force', [channel], wifi, 'in-force')], stage)
}

async function newCoach({ channels, teachers }: School, stage: Stage): Promise<void> {
  const second = teachers[1]
  if (second === undefined) throw new Error('Cannot find the second teacher: the school has fewer than two')
  const step = `6  Teacher two, ${second.name}, becomes a Sports coach`
  stage.screen.step(step)
  const from = Date.now()
  const theirs = channels.filter(({ teacher }) => teacher === second)
  const coach = { ...second, roles: [...second.roles, 'Sports' as const] }
  const sent = await measured(stage.client, async (client) => {
    for (const { id } of theirs) await client.call('put-properties', { params: { id }, body: propertiesOf(coach) })
  })
  stage.screen.line(`sent: ${JSON.stringify(propertiesOf(coach))} in ${sentText(sent)}`)
  await reach(
    step,
    [
      judged('Sports calendar in force', theirs, CALENDAR, 'in-force'),
      judged('IT Admin mail account still in force', theirs, MAIL, 'in-force'),
    ],
    stage,
  )
  stage.screen.line(`witness: ${bodiesText(bodiesSince(from, channels))}`)
}

async function agreement({ channels }: School, stage: Stage): Promise<void> {
  const step = '7  The devices are asked whether the server is right about them'
  stage.screen.step(step)
  const goals: readonly Goal[] = [
    sameManifest('have the manifest that the server wants', channels),
    sameConditions('do with each declaration what the server says', channels),
  ]
  await reach(step, goals, stage)
}

/** Teacher seven travels. */
function traveller({ channels }: School): SchoolChannel {
  const found = ofKind(channels, 'ipad')[6]
  if (found === undefined) throw new Error('Cannot find the seventh teacher: the school has fewer than seven')
  return found
}

/** `true for 39, false for 1, unsupported for 8` */
async function countsOf(item: string, { client }: Stage): Promise<string> {
  const { counts } = await client.call('get-fleet-status', { params: { item }, query: { limit: 1 } })
  const values = counts.values.map(({ value, count }) => `${JSON.stringify(value)} for ${count}`)
  const answers = Object.entries(counts.answers).filter(([answer, count]) => answer !== 'value' && count > 0)
  return [...values, ...answers.map(([answer, count]) => `${answer} for ${count}`)].join(', ')
}

function ofKind(channels: readonly SchoolChannel[], kind: SchoolChannel['kind']): readonly SchoolChannel[] {
  return channels.filter((channel) => channel.kind === kind)
}

function withRole(channels: readonly SchoolChannel[], role: Role): readonly SchoolChannel[] {
  return channels.filter(({ teacher }) => teacher.roles.includes(role))
}

function propertiesOf({ name, roles }: Teacher) {
  return { teacher: name, roles: [...roles] }
}
