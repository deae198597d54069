import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { lintedBut } from '../linted.ts'
import { endsSession } from '../session.ts'

/** What a device cannot read it answers with CommandFormatError. */
export const commandsWellFormed: Check<readonly Exchange[]> = {
  code: 'commands-well-formed',
  group: 'session',
  severity: 'error',
  must: 'every command has a CommandUUID, a RequestType, and Data that can be read',
  source: 'apple:mdm/commands/declarativemanagement.yaml',
  ask: async (exam) => (await exam.session()).turns,
  judge: (turns) =>
    turns
      .filter((turn) => turn.came?.status === 200 && !endsSession(turn))
      .flatMap((turn) => lintedBut(turn, { kind: 'command' }, ['timestamp-fraction', 'timestamp-malformed'])),
}
