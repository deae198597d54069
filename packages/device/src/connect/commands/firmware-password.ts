import { cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/**
 * Of SetFirmwarePassword and VerifyFirmwarePassword: simulated Macs have Apple silicon, which has a recovery lock in its place.
 *
 * @see apple:mdm/commands/passcode.firmware.set.yaml
 */
export const firmwarePassword: Answer = () => cannot(19, 'Macs with Apple silicon have no firmware password')
