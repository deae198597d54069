/** A point in a predicate's source: `offset` in UTF-16 units from 0, `line` and `column` from 1. */
export interface Place {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Gives places in one source; line starts are found once. */
export function places(source: string): (offset: number) => Place {
  const starts = [0]
  for (let i = source.indexOf('\n'); i !== -1; i = source.indexOf('\n', i + 1)) starts.push(i + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { offset, line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
