/** RFC 3339 in UTC of an instant, as the admin contract says moments. */
export function moment(at: number): string {
  return new Date(at).toISOString()
}

export function momentOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : moment(at)
}
