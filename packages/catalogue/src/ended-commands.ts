import type { RequestType } from './generated/names.ts'

/** When commands ended, where the tables of Apple's schema do not say it of the command as a whole. */
export interface Ended {
  readonly deprecated: string
  readonly removed: string
}

const softwareUpdate: Ended = { deprecated: '26.0', removed: '27.0' }

/**
 * Updates of the OS are a matter of declarations alone: the commands were deprecated in version 26 and are gone in 27, on every
 * platform that had them. Apple says so in its documentation of the commands and at WWDC25.
 *
 * @see https://developer.apple.com/documentation/devicemanagement/schedule-an-os-update
 */
export const endedCommands: ReadonlyMap<string, Ended> = new Map<RequestType, Ended>([
  ['AvailableOSUpdates', softwareUpdate],
  ['OSUpdateStatus', softwareUpdate],
  ['ScheduleOSUpdate', softwareUpdate],
  ['ScheduleOSUpdateScan', softwareUpdate],
])
