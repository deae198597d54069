import { type DeclarationType, endedCommands } from '@edict/catalogue'

const enforcement: DeclarationType = 'com.apple.configuration.softwareupdate.enforcement.specific'

/** What to do in place of a command that Apple took away; undefined for others. */
export function insteadOf(requestType: string): string | undefined {
  return endedCommands.has(requestType)
    ? `declare ${enforcement}, and read the status items softwareupdate.… instead`
    : undefined
}
