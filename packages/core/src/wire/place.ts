/** Where something stands in a text. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  /** UTF-16 code units from the start. */
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Turns offsets into places; the lines are found when the first one is asked for. */
export function placesOf(text: string): (offset: number) => Place {
  let starts: readonly number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
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

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
