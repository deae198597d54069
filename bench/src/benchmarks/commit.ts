import type { Benchmark, Figure } from '../benchmark.ts'
import { changing, changingAt } from '../fleet/declarations.ts'
import { type Fleet, openFleet } from '../fleet/fleet.ts'
import { admin } from '../load/admin.ts'
import { figure, onDatabases } from '../on-databases.ts'
import { interleaved, median } from '../rounds.ts'

/** Commits of a round on each fleet; they end before the wake of the first is due, 2 s later. */
const COMMITS = 10
const [CHANGED = ''] = changing

/** One declaration of a set that a whole fleet holds is changed, through the front door, in turns for fleets of three sizes. */
export const commit: Benchmark = {
  name: 'commit',
  title: 'Whether committing a change of one declaration costs more when more devices hold it',
  run: async (bench) => {
    const [small = 0, middle = 0, large = 0] = bench.quick ? [100, 1_000, 10_000] : [1_000, 10_000, 100_000]
    const measured = await onDatabases(async (name) => {
      const fleets = {
        small: await openFleet(bench, name, small),
        middle: await openFleet(bench, name, middle),
        large: await openFleet(bench, name, large),
      }
      await round(fleets, 1_000)
      const { all } = await interleaved(bench, { all: (number) => round(fleets, number) })
      for (const fleet of Object.values(fleets)) await fleet.close()
      return all
    })
    const target: Figure['target'] = { kind: 'at most', value: 1.2 }
    return [
      figure(`a commit at ${small} enrollments`, 'ms', measured, (of) => of.small),
      figure(`at ${middle} against ${small}`, 'times', measured, (of) => of.middle / of.small, target),
      figure(`at ${large} against ${small}`, 'times', measured, (of) => of.large / of.small, target),
      figure(`server CPU at ${large} against ${small}`, 'times', measured, (of) => of.largeCpu / of.smallCpu),
    ]
  },
}

interface Fleets {
  readonly small: Fleet
  readonly middle: Fleet
  readonly large: Fleet
}

/** Milliseconds a commit. */
async function round({ small, middle, large }: Fleets, number: number) {
  const [ofSmall, ofMiddle, ofLarge] = [subject(small), subject(middle), subject(large)]
  for (let turn = 0; turn < COMMITS; turn += 1) {
    const inTurn = [ofSmall, ofMiddle, ofLarge]
    for (const one of turn % 2 === 0 ? inTurn : inTurn.toReversed()) await one.commit(number * 100 + turn)
  }
  for (const fleet of [small, middle, large]) await wakesEnd(fleet)
  return {
    small: ofSmall.wall(),
    middle: ofMiddle.wall(),
    large: ofLarge.wall(),
    smallCpu: ofSmall.cpu(),
    largeCpu: ofLarge.cpu(),
  }
}

function subject({ server }: Fleet) {
  const walls: number[] = []
  const cpus: number[] = []
  return {
    wall: () => median(walls),
    cpu: () => median(cpus),
    commit: async (value: number) => {
      const before = await server.usage()
      const start = performance.now()
      await admin(server.url, 'PUT', `declarations/${CHANGED}`, changingAt(value))
      walls.push(performance.now() - start)
      cpus.push((await server.usage()).cpu - before.cpu)
    },
  }
}

async function wakesEnd({ store }: Fleet): Promise<void> {
  while ((await store.scan.counts()).pendingWakes > 0) await new Promise((resolve) => setTimeout(resolve, 100))
}
