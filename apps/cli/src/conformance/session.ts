import { type Command, decodeCommand, type PlistDict, ProtocolError } from '@edict/protocol'
import type { Exchange } from './exchange.ts'

/** A command session, as a device has one that is not ready at first. */
export interface Session {
  /** Every turn, oldest first; the first says Idle. */
  readonly turns: readonly Exchange[]
  /** What became of the invitation to synchronize; null where none came. */
  readonly offer: Offer | null
  /** The last turn: the one that ends it. */
  readonly end: Exchange
}

interface Offer {
  /** What NotNow was answered with. */
  readonly notNow: Exchange
  /** The later turn that was answered with an invitation again; null where none came in time. */
  readonly again: Exchange | null
  /** What the same Acknowledged was answered with once more. */
  readonly repeated: Exchange
}

/** Who speaks in it. */
interface Speaker {
  connect(what: string, message: PlistDict): Promise<Exchange>
  /** Asks again and again until the answer is as wished, or the time is over; gives the last. */
  until(ask: () => Promise<Exchange>, isWished: (exchange: Exchange) => boolean): Promise<Exchange>
}

/** Turns after which a session is not going to end. */
const MOST_TURNS = 100

/** The command in an answer; undefined where there is none that can be read. */
export function commandIn({ came }: Exchange): Command | undefined {
  if (came === null || came.status !== 200 || came.body.length === 0) return undefined
  try {
    return decodeCommand(came.body)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

export function isOffer(exchange: Exchange): boolean {
  return commandIn(exchange)?.Command.RequestType === 'DeclarativeManagement'
}

/** Whether an answer ends a session: 200, and nothing. */
export function endsSession({ came }: Exchange): boolean {
  return came?.status === 200 && came.body.length === 0
}

/** Waits for the invitation, is not ready, waits for it again, takes it, and says so twice. Other commands it does not know. */
export async function talk(speaker: Speaker): Promise<Session> {
  const turns: Exchange[] = []
  const say = async (what: string, message: PlistDict): Promise<Exchange> => {
    const turn = await speaker.connect(what, message)
    turns.push(turn)
    return turn
  }
  const idle = () => say('Idle', { Status: 'Idle' })
  /** Refuses other commands until the offer comes or the session ends. */
  const untilOffer = async (turn: Exchange): Promise<Exchange> => {
    let last = turn
    for (let left = MOST_TURNS; left > 0 && !isOffer(last); left -= 1) {
      const command = commandIn(last)
      if (command === undefined) break
      last = await say(`Error for ${command.Command.RequestType}`, unknownCommand(command))
    }
    return last
  }
  const awaited = () =>
    speaker.until(
      async () => untilOffer(await idle()),
      (turn) => isOffer(turn) || !endsSession(turn),
    )
  const turn = await awaited()
  const uuid = commandIn(turn)?.CommandUUID
  if (uuid === undefined || !isOffer(turn)) return { turns, offer: null, end: turn }
  const notNow = await say('NotNow', { Status: 'NotNow', CommandUUID: uuid })
  await untilOffer(notNow)
  const later = await awaited()
  const again = isOffer(later) ? later : null
  const acknowledge = (what: string, id: string) => say(what, { Status: 'Acknowledged', CommandUUID: id })
  const taken = (again === null ? undefined : commandIn(again))?.CommandUUID ?? uuid
  await acknowledge('Acknowledged', taken)
  const repeated = await acknowledge('Acknowledged, a second time', taken)
  let end = await untilOffer(repeated)
  for (let left = 3; left > 0 && isOffer(end); left -= 1) {
    end = await untilOffer(await acknowledge('Acknowledged', commandIn(end)?.CommandUUID ?? ''))
  }
  return { turns, offer: { notNow, again, repeated }, end }
}

function unknownCommand({ CommandUUID }: Command): PlistDict {
  const chain = { ErrorCode: 12021, ErrorDomain: 'MCMDMErrorDomain', LocalizedDescription: 'The command is not known' }
  return { Status: 'Error', CommandUUID, ErrorChain: [chain] }
}
