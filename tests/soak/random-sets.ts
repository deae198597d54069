import type { Device } from '@edict/device'
import { activation, passcodePolicy, properties, testConfiguration, type Written } from '../harness/declarations.ts'
import type { World } from '../harness/world.ts'
import type { Random } from './random.ts'

export const ROLES = ['Lower', 'Upper', 'Sports', 'IT Admin']
export const SETS = ['red', 'green', 'blue']

/** Writes the declarations of a set anew, and puts some of them into it. */
export async function writeSet(world: World, name: string, random: Random): Promise<void> {
  const predicate = random.chance(0.5)
    ? `"${random.pick(ROLES)}" IN @property(roles)`
    : '@status(passcode.is-compliant) == TRUE'
  const all: readonly (readonly [string, Written])[] = [
    [`${name}.passcode`, passcodePolicy(4 + random.below(6))],
    [`${name}.test`, testConfiguration(`${name} ${random.below(5)}`)],
    [`${name}.activation`, activation([`${name}.passcode`])],
    [`${name}.gated`, activation([`${name}.test`], random.chance(0.8) ? predicate : undefined)],
    [`${name}.properties`, properties({ [`${name}-level`]: random.below(9) })],
  ]
  for (const [identifier, body] of all) await attempt(world.admin('put-declaration', { params: { identifier }, body }))
  const declarations = all.map(([identifier]) => identifier).filter(() => random.chance(0.7))
  await attempt(world.admin('put-set', { params: { name }, body: { declarations } }))
}

/** Something that happens to a world and all devices in it. */
export type Change = (world: World, devices: readonly Device[], random: Random) => Promise<unknown>

/** What an administrator changes for everybody. */
export const changes: readonly Change[] = [
  (world, _, random) => writeSet(world, random.pick(SETS), random),
  (world, _, random) =>
    attempt(
      world.admin('put-declaration', {
        params: { identifier: `${random.pick(SETS)}.passcode` },
        body: passcodePolicy(4 + random.below(6)),
      }),
    ),
  (world, _, random) =>
    attempt(world.admin('reapply-declaration', { params: { identifier: `${random.pick(SETS)}.test` } })),
  (world, devices, random) =>
    attempt(
      world.admin('put-group', {
        params: { name: 'everybody' },
        body: { enrollments: devices.filter(() => random.chance(0.6)).map(({ id }) => id) },
      }),
    ),
  (world, _, random) =>
    attempt(
      world.admin('put-group-set', {
        params: { name: 'everybody', set: random.pick(SETS) },
        body: { exclude: random.chance(0.2) },
      }),
    ),
]

/** Does what may be refused: a refusal of the server is part of life. */
export async function attempt(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Error) || !/was answered (404|409|422)|enroll/i.test(error.message)) throw error
  })
}
