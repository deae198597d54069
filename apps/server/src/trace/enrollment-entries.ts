import type { StoredEvent, Traced } from '@edict/store'

type Event = Omit<StoredEvent, 'sequence'>

/** What an event says of the enrollment of a channel, as an entry of its trace; nothing where it is about something else. */
export function enrollmentEntries({ type, at, data }: Event): readonly Traced[] {
  const { enrollment } = data
  if (typeof enrollment !== 'string') return []
  const entry = (what: readonly string[]): readonly Traced[] => [{ kind: 'enrollment', enrollment, at, what }]
  switch (type) {
    case 'enrollment.enrolled':
      return entry(['enrolled'])
    case 'enrollment.imported':
      return entry(['imported'])
    case 'enrollment.left':
      return entry(['left'])
    case 'enrollment.changed':
      return Array.isArray(data.what) ? entry(data.what.filter((one) => typeof one === 'string')) : []
    default:
      return []
  }
}
