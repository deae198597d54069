import type { Command } from './command.ts'

/**
 * The command that turns declarative management on, and afterwards means "synchronize now". `data` is a
 * TokensResponse; with it a device may skip asking for the tokens.
 * @see apple:mdm/commands/declarativemanagement.yaml
 */
export function declarativeManagementCommand(uuid: string, data?: Uint8Array): Command {
  const RequestType = 'DeclarativeManagement'
  return { CommandUUID: uuid, Command: data === undefined ? { RequestType } : { RequestType, Data: data } }
}
