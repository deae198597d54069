import { Type } from 'typebox'
import { Moment, nullable } from './values.ts'

/** An app of a channel, as the device last said, by status or by the answer to a command. */
const App = Type.Object({
  identifier: Type.String({ description: 'Bundle identifier' }),
  managedBy: nullable(Type.Enum(['declaration', 'command'])),
  state: Type.String({ description: 'In the words of the status item mdm.app' }),
  name: nullable(Type.String()),
  version: nullable(Type.String()),
  shortVersion: nullable(Type.String()),
  declaration: nullable(Type.String({ description: 'The configuration that asks for it' })),
  reasons: Type.Array(Type.String()),
  since: Moment,
  once: nullable(
    Type.Object(
      { state: Type.String(), reasons: Type.Array(Type.String()), at: Moment },
      { description: 'The last state that devices tell only once, such as user-rejected' },
    ),
  ),
})

export const Apps = Type.Object({ items: Type.Array(App) })
