import { checkInMessage, commandPayload, type KeyTable, type ValueFacts } from '@edict/catalogue'
import type { PlistDict } from '@edict/protocol'
import type { JsonKind, Message } from './message.ts'
import { ownKey } from './own-key.ts'

const text: ValueFacts = { type: 'string', presence: 'required' }
const anything: ValueFacts = { type: 'any' }

function dictionary(keys: KeyTable, more: Partial<ValueFacts> = {}): ValueFacts {
  return { type: 'dictionary', presence: 'required', keys, ...more }
}

/** Devices are reported to refuse any other key in these. */
const items: ValueFacts = {
  type: 'array',
  presence: 'required',
  item: dictionary({ Identifier: text, ServerToken: text }),
}

const open = { others: anything }

const draft = dictionary(
  {
    Type: text,
    Identifier: { type: 'string', presence: 'optional' },
    ServerToken: { type: 'string', presence: 'optional' },
    Payload: { type: 'dictionary', presence: 'required' },
  },
  open,
)

/**
 * What each kind of JSON has to look like. A dictionary with `others` takes further keys.
 * @see apple:declarative/protocol/tokensresponse.yaml, declarationitemsresponse.yaml, statusreport.yaml
 * @see apple:declarative/declarations/declarationbase.yaml
 */
const jsonShapes: Readonly<Record<JsonKind, ValueFacts>> = {
  tokens: dictionary({ SyncTokens: dictionary({ DeclarationsToken: text, Timestamp: text }, open) }, open),
  'declaration-items': dictionary(
    {
      Declarations: dictionary({ Activations: items, Assets: items, Configurations: items, Management: items }),
      DeclarationsToken: text,
    },
    open,
  ),
  declaration: dictionary(
    { Type: text, Identifier: text, ServerToken: text, Payload: { type: 'dictionary', presence: 'required' } },
    open,
  ),
  draft,
  drafts: { type: 'array', item: draft },
  status: dictionary(
    {
      StatusItems: { type: 'dictionary', presence: 'required' },
      Errors: {
        type: 'array',
        presence: 'required',
        item: dictionary({ StatusItem: text, Reasons: { type: 'array', presence: 'required' } }, open),
      },
      FullReport: { type: 'boolean', presence: 'optional' },
    },
    open,
  ),
}

/** The shape of a message; undefined where nothing is known of it. */
export function shapeOf(message: Message): ValueFacts | undefined {
  switch (message.kind) {
    case 'command':
      return commandShape(message.root)
    case 'check-in':
      return checkInShape(message.root)
    case 'connect':
      return connectShape(message.root)
    case 'profile':
      return profileShape
    default:
      return jsonShapes[message.kind]
  }
}

/** @see apple:mdm/commands */
function commandShape(root: PlistDict): ValueFacts {
  const command = ownKey(root, 'Command')
  const name = typeof command === 'object' && 'RequestType' in command ? command.RequestType : undefined
  const facts = typeof name === 'string' ? commandPayload(name) : undefined
  const inner = facts === undefined ? open : facts.others === undefined ? {} : { others: facts.others }
  return dictionary(
    { CommandUUID: text, Command: dictionary({ RequestType: text, ...certain(facts?.keys ?? {}) }, inner) },
    open,
  )
}

/** @see apple:mdm/checkin */
function checkInShape(root: PlistDict): ValueFacts {
  const name = ownKey(root, 'MessageType')
  const facts = typeof name === 'string' ? checkInMessage(name) : undefined
  return dictionary({ ...certain(facts?.keys ?? {}), MessageType: text }, open)
}

/** Who a message is from is a check of its own; the first UserAuthenticate of two has no DigestResponse. */
const atTimes: ReadonlySet<string> = new Set(['UDID', 'EnrollmentID', 'UserID', 'EnrollmentUserID', 'DigestResponse'])

/** A key that is required on some platform or channel only is not required of a message of which nobody knows that. */
function certain(keys: KeyTable): KeyTable {
  return Object.fromEntries(
    Object.entries(keys).map(([key, facts]) =>
      facts.availability === undefined && !atTimes.has(key)
        ? [key, facts]
        : [key, { ...facts, presence: 'optional' as const }],
    ),
  )
}

const connectKeys: KeyTable = { Status: text, ErrorChain: { type: 'array' } }

function connectShape(root: PlistDict): ValueFacts {
  return ownKey(root, 'Status') === 'Idle'
    ? dictionary(connectKeys, open)
    : dictionary({ ...connectKeys, CommandUUID: text }, open)
}

const profileShape = dictionary(
  { PayloadType: text, PayloadIdentifier: text, PayloadUUID: text, PayloadVersion: { type: 'integer' } },
  open,
)
