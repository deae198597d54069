/** What is noted of one request of a device, in one line. */
export interface Trace {
  endpoint: string
  enrollment: string | null
}

export function newTrace(): Trace {
  return { endpoint: 'unread', enrollment: null }
}
