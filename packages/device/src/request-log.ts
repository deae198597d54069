import type { DeviceRequest } from './device-request.ts'

const limit = 200

/** The last requests of a device; what is older is forgotten. */
export class RequestLog {
  readonly #entries: DeviceRequest[] = []

  add(request: DeviceRequest): void {
    if (this.#entries.length >= limit) this.#entries.shift()
    this.#entries.push(request)
  }

  get entries(): readonly DeviceRequest[] {
    return this.#entries
  }
}
