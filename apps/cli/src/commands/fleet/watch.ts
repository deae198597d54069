import { setTimeout as wait } from 'node:timers/promises'
import type { Fleet } from '@edict/api'
import { UnreachableError } from '../../failure.ts'
import type { Session } from '../../session.ts'
import { changesBetween } from './changes-between.ts'
import { picture } from './picture.ts'

/** How often it is looked, in milliseconds; a server that takes long is asked more rarely. */
const EVERY = 2000
const TIMES_AS_LONG = 5

/**
 * Shows the fleet until it is interrupted: on a terminal one picture that is drawn again, elsewhere the picture once and then a line
 * whenever a number changes; with `--json` a line of JSON for each picture that differs. A server that goes away is waited for.
 */
export async function watchFleet(session: Session): Promise<void> {
  const { client, output, signal, json } = session
  const shown = json ? printedJson(session) : output.rows() === null ? printed(session) : redrawn(session)
  try {
    for (let begun = performance.now(); !signal.aborted; begun = performance.now()) {
      try {
        shown.next(await client.call('get-fleet', {}))
      } catch (error) {
        if (signal.aborted) break
        if (!(error instanceof UnreachableError)) throw error
        shown.away(error.message)
      }
      const pause = Math.max(EVERY, (performance.now() - begun) * TIMES_AS_LONG)
      await wait(pause, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    shown.end()
  }
}

interface Shown {
  next(fleet: Fleet): void
  /** The server does not answer. */
  away(why: string): void
  end(): void
}

const ENTER = '\u001B[?1049h\u001B[?25l'
const LEAVE = '\u001B[?25h\u001B[?1049l'
const HOME = '\u001B[H'
const REST_OF_LINE = '\u001B[K'
const REST_OF_SCREEN = '\u001B[J'

/** On a screen of its own, so that what stood in the terminal is there again afterwards, with the last picture below it. */
function redrawn({ output }: Session): Shown {
  let last: Fleet | undefined
  const { colours } = output
  const linesOf = (fleet: Fleet) => picture(fleet, output.columns() ?? 80, colours)
  const draw = (lines: readonly string[]) => {
    const room = (output.rows() ?? 24) - 1
    const seen = lines.length <= room ? lines : [...lines.slice(0, room - 1), colours.dim('… the window is too low')]
    const text = seen.map((line) => `${line}${REST_OF_LINE}\n`).join('')
    output.raw(`${HOME}${text}${REST_OF_SCREEN}`, 'stdout')
  }
  output.raw(ENTER, 'stdout')
  return {
    next: (fleet) => {
      last = fleet
      draw(linesOf(fleet))
    },
    away: (why) => draw([colours.red(`${why}; trying again`), '', ...(last === undefined ? [] : linesOf(last))]),
    end: () => {
      output.raw(LEAVE, 'stdout')
      if (last !== undefined) for (const line of linesOf(last)) output.line(line)
    },
  }
}

function printed({ output }: Session): Shown {
  let last: Fleet | undefined
  return {
    next: (fleet) => {
      if (last === undefined) for (const line of picture(fleet, 80, output.colours)) output.line(line)
      else {
        const changes = changesBetween(last, fleet)
        if (changes.length > 0) output.line(`${fleet.at.slice(11, 19)}Z  ${changes.join(', ')}`)
      }
      last = fleet
    },
    away: output.note,
    end: () => undefined,
  }
}

function printedJson({ output }: Session): Shown {
  let last: Fleet | undefined
  return {
    next: (fleet) => {
      if (last === undefined || changesBetween(last, fleet).length > 0) output.jsonLine(fleet)
      last = fleet
    },
    away: output.note,
    end: () => undefined,
  }
}
