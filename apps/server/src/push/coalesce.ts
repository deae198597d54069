/** Pushes to one token are contentless and alike: one is under way, one more waits, and who comes meanwhile shares that one. */
export function coalesced<Target extends { readonly token: string }, Result>(
  send: (target: Target) => Promise<Result>,
): (target: Target) => Promise<Result> {
  interface Waiting {
    target: Target
    readonly result: Promise<Result>
  }
  const lanes = new Map<string, { readonly flying: Promise<unknown>; waiting: Waiting | null }>()

  const fly = (target: Target): Promise<Result> => {
    const result = send(target)
    const lane = { flying: result, waiting: null as Waiting | null }
    lanes.set(target.token, lane)
    const landed = () => {
      if (lane.waiting === null) lanes.delete(target.token)
    }
    result.then(landed, landed)
    return result
  }
  return (target) => {
    const lane = lanes.get(target.token)
    if (lane === undefined) return fly(target)
    if (lane.waiting !== null) {
      lane.waiting.target = target
      return lane.waiting.result
    }
    const next = () => fly(waiting.target)
    const waiting: Waiting = { target, result: lane.flying.then(next, next) }
    lane.waiting = waiting
    return waiting.result
  }
}
