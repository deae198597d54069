const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long something is, in the two letters or numbers that matter: `40 s`, `12 min`, `5 h`, `9 d`. */
function age(milliseconds: number): string {
  const long = Math.max(0, milliseconds)
  if (long < MINUTE) return `${Math.floor(long / SECOND)} s`
  if (long < HOUR) return `${Math.floor(long / MINUTE)} min`
  return long < 2 * DAY ? `${Math.floor(long / HOUR)} h` : `${Math.floor(long / DAY)} d`
}

/** How long ago a moment was. */
export function ageOf(moment: string | null, now: string): string {
  return moment === null ? '–' : age(Date.parse(now) - Date.parse(moment))
}
