/**
 * The known name that was probably meant: fewest slips of the keyboard away (insert, drop, change, swap two neighbours),
 * letter case counting little. Undefined when nothing is near enough to offer. The first of equals wins.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.min(4, Math.max(1, Math.floor(name.length / 4)))
  const wanted = name.toLowerCase()
  let found: string | undefined
  let best = limit + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit) continue
    const letters = candidate.toLowerCase()
    const cost = letters === wanted ? (candidate === name ? 0 : 0.5) : slips(wanted, letters, best)
    if (cost < best) {
      best = cost
      found = candidate
    }
  }
  return found
}

/** Damerau-Levenshtein distance (restricted: no letter is edited twice); `bound` or more is answered as Infinity. */
function slips(from: string, to: string, bound: number): number {
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        cost = Math.min(cost, at(before, column - 2) + 1)
      }
      current.push(cost)
      least = Math.min(least, cost)
    }
    if (least >= bound) return Number.POSITIVE_INFINITY
    before = previous
    previous = current
  }
  return at(previous, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
