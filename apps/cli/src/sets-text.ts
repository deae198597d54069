interface Given {
  readonly set: string
  readonly channel: 'own' | 'device' | 'user'
  readonly exclude: boolean
  readonly from?: string
}

/** Sets in one cell: `wifi, not mail, calendar (user channel)`. */
export function setsText(sets: readonly Given[]): string {
  return sets.map(setText).join(', ')
}

function setText({ set, channel, exclude, from }: Given): string {
  const notes = [channel === 'own' ? undefined : `${channel} channel`, from === undefined ? undefined : `from ${from}`]
  const noted = notes.filter((note) => note !== undefined).join(', ')
  return `${exclude ? 'not ' : ''}${set}${noted === '' ? '' : ` (${noted})`}`
}
