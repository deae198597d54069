import type { ByPlatform, CommandAvailability } from './availability.ts'
import type { RequestType } from './generated/names.ts'

/** An MDM command; its keys are in `commandPayload`, those of its result in `commandResponse`. */
export interface CommandFacts {
  readonly requestType: RequestType
  readonly availability: ByPlatform<CommandAvailability>
}

/** An MDM check-in message; its keys are in `checkInMessage`, those of the reply in `checkInResponse`. */
export interface CheckInFacts {
  readonly messageType: string
  readonly availability: ByPlatform<CommandAvailability>
}
