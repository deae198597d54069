import {
  type DeclarationKind,
  declarationKinds,
  isJsonObject,
  isPlistDict,
  type Json,
  type JsonObject,
  type PlistDict,
  ProtocolError,
  parseEndpoint,
  readClientCapabilities,
  readDeclarationStates,
} from '@edict/protocol'
import { canonical, sha256 } from '../../canonical.ts'
import { entries } from '../../wire/entries.ts'
import { lintMessage } from '../../wire/lint-message.ts'
import type { Hint } from '../../wire/message.ts'
import type { Answered, Pair, ResultEntry, ServedBody, TraceEntry } from '../trace-entry.ts'
import type { Captured } from './captured.ts'
import { dictionaryIn } from './dictionary-in.ts'

/** Reads exchanges of one channel, one after the other: what is compared with what stood before is remembered. */
export class Reader {
  readonly said: TraceEntry[] = []
  #tokens: Uint8Array | undefined
  #manifest: Uint8Array | undefined

  /** @param plist the request, read */
  take(request: Captured | null, plist: PlistDict | undefined, response: Captured | null): void {
    if (request?.endpoint === 'asset') this.#asset(request, response)
    else if (plist === undefined) this.#answerAlone(request, response)
    else if (typeof plist.MessageType === 'string')
      this.#checkIn(request as Captured, plist, plist.MessageType, response)
    else this.#connect(request as Captured, plist, response)
  }

  #asset(request: Captured, response: Captured | null): void {
    const { at, entry, url = '' } = request
    this.said.push({ kind: 'asset', at, entry, url, answer: answered(response) })
  }

  /** A response whose request was not recorded, or cannot be read: what it is its body tells. */
  #answerAlone(request: Captured | null, response: Captured | null): void {
    const one = response ?? request
    if (response?.body == null || one === null) return
    const { kind } = lintMessage(response.body)
    const at = { at: one.at, entry: one.entry }
    if (kind === 'command') this.#command(response)
    else if (kind === 'tokens') this.said.push({ kind, ...at, ...this.#tokensAnswer(response) })
    else if (kind === 'declaration-items') this.said.push({ kind, ...at, ...this.#manifestAnswer(response) })
  }

  #connect(request: Captured, plist: PlistDict, response: Captured | null): void {
    const status = plist.Status
    if (!isConnectStatus(status)) return
    const uuid = typeof plist.CommandUUID === 'string' ? plist.CommandUUID : null
    const { at, entry } = request
    this.said.push({ kind: 'result', at, entry, uuid, status, answer: answered(response) })
    if (response !== null) this.#command(response)
  }

  #command(response: Captured): void {
    if (response.body === null || response.body.length === 0 || response.status !== 200) return
    const linted = lintMessage(response.body, { kind: 'command' })
    const command = dictionaryIn(linted)?.Command
    if (command === undefined || !isPlistDict(command)) return
    const { RequestType, Data } = command
    const uuid = dictionaryIn(linted)?.CommandUUID
    this.said.push({
      kind: 'command',
      at: response.at,
      entry: response.entry,
      uuid: typeof uuid === 'string' ? uuid : null,
      requestType: typeof RequestType === 'string' ? RequestType : '',
      ...tokenInData(Data),
      flaws: linted.problems,
    })
  }

  #checkIn(request: Captured, plist: PlistDict, messageType: string, response: Captured | null): void {
    const at = { at: request.at, entry: request.entry }
    if (messageType !== 'DeclarativeManagement') {
      const awaiting = plist.AwaitingConfiguration
      this.said.push({
        kind: 'check-in',
        ...at,
        messageType,
        ...(typeof awaiting === 'boolean' ? { awaitingConfiguration: awaiting } : {}),
        answer: answered(response),
      })
      return
    }
    const endpoint = endpointOf(plist.Endpoint)
    if (endpoint === undefined) return
    switch (endpoint.kind) {
      case 'tokens':
        this.said.push({ kind: 'tokens', ...at, ...this.#tokensAnswer(response) })
        return
      case 'declaration-items':
        this.said.push({ kind: 'declaration-items', ...at, ...this.#manifestAnswer(response) })
        return
      case 'declaration':
        this.said.push({ kind: 'declaration', ...at, ...this.#declarationAnswer(endpoint, response) })
        return
      case 'status':
        this.said.push({ kind: 'status', ...at, answer: answered(response), ...reportIn(plist.Data) })
    }
  }

  #tokensAnswer(response: Captured | null): { readonly answer: Answered; readonly token?: string } {
    const { answer, json } = read(response, { kind: 'tokens' })
    if (answer.status === 200 && response?.body != null) this.#tokens = response.body
    const wrapper = json !== undefined && isJsonObject(json.SyncTokens ?? null) ? (json.SyncTokens as JsonObject) : json
    const token = wrapper?.DeclarationsToken
    return { answer, ...(typeof token === 'string' ? { token } : {}) }
  }

  #manifestAnswer(response: Captured | null) {
    const beside = this.#tokens === undefined ? {} : { tokens: this.#tokens }
    const { answer, json } = read(response, { kind: 'declaration-items', ...beside })
    if (answer.status === 200 && response?.body != null) this.#manifest = response.body
    const token = json?.DeclarationsToken
    const pairs = json === undefined ? undefined : pairsIn(json)
    return {
      answer,
      ...(typeof token === 'string' ? { token } : {}),
      ...(pairs === undefined ? {} : { pairs }),
    }
  }

  #declarationAnswer(
    { declaration, identifier }: { readonly declaration: DeclarationKind; readonly identifier: string },
    response: Captured | null,
  ) {
    const asked = { declaration, identifier }
    const beside = this.#manifest === undefined ? {} : { manifest: this.#manifest }
    const { answer, json } = read(response, { kind: 'declaration', asked, ...beside })
    return { ...asked, answer, ...(json === undefined ? {} : { body: bodyOf(json) }) }
  }
}

/** Reads an answer that should be JSON. Of an error the body is not looked at. */
function read(response: Captured | null, hint: Hint): { readonly answer: Answered; readonly json?: JsonObject } {
  if (response?.status !== 200 || response.body === null || response.body.length === 0)
    return { answer: answered(response) }
  const { problems, content } = lintMessage(response.body, hint)
  const json = content !== undefined && isJsonObject(content as Json) ? (content as JsonObject) : undefined
  return { answer: answered(response, problems), ...(json === undefined ? {} : { json }) }
}

function pairsIn(root: JsonObject): readonly Pair[] | undefined {
  if (!isJsonObject(root.Declarations ?? null)) return undefined
  return entries({ kind: 'declaration-items', root, beside: {} }).flatMap(({ entry, kind }) => {
    const { Identifier, ServerToken } = entry
    if (kind === undefined || typeof Identifier !== 'string' || typeof ServerToken !== 'string') return []
    return [{ kind, identifier: Identifier, serverToken: ServerToken }]
  })
}

function bodyOf(json: JsonObject): ServedBody {
  const { Type, Identifier, ServerToken, Payload } = json
  const listed = isJsonObject(Payload ?? null) ? (Payload as JsonObject).StandardConfigurations : undefined
  return {
    ...(typeof Type === 'string' ? { type: Type } : {}),
    ...(typeof Identifier === 'string' ? { identifier: Identifier } : {}),
    ...(typeof ServerToken === 'string' ? { serverToken: ServerToken } : {}),
    content: sha256(canonical([Type ?? null, Payload ?? null])),
    ...(Array.isArray(listed) ? { configurations: listed.filter((one) => typeof one === 'string') } : {}),
  }
}

function reportIn(data: PlistDict[string] | undefined) {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array()
  const { content } = lintMessage(bytes, { kind: 'status' })
  const json = content !== undefined && isJsonObject(content as Json) ? (content as JsonObject) : {}
  const items = isJsonObject(json.StatusItems ?? null) ? (json.StatusItems as JsonObject) : {}
  const management = isJsonObject(items.management ?? null) ? (items.management as JsonObject) : {}
  const capabilities = management['client-capabilities']
  const supported =
    capabilities === undefined
      ? null
      : declarationKinds.flatMap((kind) => readClientCapabilities(capabilities).declarations[kind])
  return {
    full: json.FullReport === true || items.FullReport === true,
    items: Object.keys(items).slice(0, 100),
    states: management.declarations === undefined ? null : readDeclarationStates(management.declarations),
    supported,
    content: sha256(Buffer.from(bytes).toString('base64')),
  }
}

/** Absent from a command that has no Data to have one; undefined where it cannot be read. */
function tokenInData(data: PlistDict[string] | undefined): { readonly token?: string | null } {
  if (data === undefined) return { token: null }
  if (!(data instanceof Uint8Array)) return {}
  const { content } = lintMessage(data, { kind: 'tokens' })
  const json = content !== undefined && isJsonObject(content as Json) ? (content as JsonObject) : {}
  const wrapper = isJsonObject(json.SyncTokens ?? null) ? (json.SyncTokens as JsonObject) : json
  return typeof wrapper.DeclarationsToken === 'string' ? { token: wrapper.DeclarationsToken } : {}
}

function endpointOf(endpoint: PlistDict[string] | undefined) {
  if (typeof endpoint !== 'string') return undefined
  try {
    return parseEndpoint(endpoint)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

function isConnectStatus(status: unknown): status is ResultEntry['status'] {
  return (
    status === 'Idle' ||
    status === 'Acknowledged' ||
    status === 'Error' ||
    status === 'CommandFormatError' ||
    status === 'NotNow'
  )
}

function answered(response: Captured | null, flaws: Answered['flaws'] = []): Answered {
  const retryAfter = Number(response?.headers['retry-after'] ?? Number.NaN)
  return {
    status: response?.status ?? null,
    length: response?.body?.length ?? null,
    flaws,
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  }
}
