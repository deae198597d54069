import { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'

/**
 * With EDICT_TEST_LATE, every HTTP server of a test file hears of some requests later than they came, as on a machine that has too much to
 * do. A test that fails then but not otherwise depends on who is faster. The number multiplies the delays; 0, as when absent: none.
 */
const times = Number(process.env.EDICT_TEST_LATE ?? 0)

/** Milliseconds: most requests are on time, a few are very late. */
function delay(): number {
  const luck = Math.random()
  if (luck < 0.6) return 0
  const most = luck < 0.9 ? 30 : luck < 0.98 ? 150 : 700
  return Math.random() * most * times
}

for (const { prototype } of times > 0 ? [Server, TlsServer] : []) {
  const { emit } = prototype
  prototype.emit = function (this: Server, event: string, ...heard: unknown[]): boolean {
    const pass = () => Reflect.apply(emit, this, [event, ...heard]) as boolean
    const late = event === 'request' ? delay() : 0
    if (late === 0) return pass()
    setTimeout(pass, late)
    return true
  } as typeof emit
}
