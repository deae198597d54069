import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** The command may carry the tokens; a device reads them as it reads the answer to `tokens`. */
export const commandTimestamp: Check<readonly Exchange[]> = {
  code: 'command-timestamp',
  group: 'session',
  severity: 'error',
  must: 'the Timestamp inside the Data of a command is RFC 3339 without fractions of a second',
  source: 'apple:docs/schema.md',
  ask: async (exam) => (await exam.session()).turns,
  judge: (turns) =>
    turns.flatMap((turn) => linted(turn, { kind: 'command' }, ['timestamp-fraction', 'timestamp-malformed'])),
}
