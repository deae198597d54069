const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** How long something is, in the two letters or numbers that matter: `40 s`, `12 min`, `5 h`, `9 d`, `3 y`. */
function age(milliseconds: number): string {
  const long = Math.max(0, milliseconds)
  if (long < MINUTE) return `${Math.floor(long / SECOND)} s`
  if (long < HOUR) return `${Math.floor(long / MINUTE)} min`
  if (long < 2 * DAY) return `${Math.floor(long / HOUR)} h`
  return long < 2 * YEAR ? `${Math.floor(long / DAY)} d` : `${Math.floor(long / YEAR)} y`
}

/** How long ago a moment was. */
export function ageOf(moment: string | null, now: string): string {
  return moment === null ? '–' : age(Date.parse(now) - Date.parse(moment))
}
