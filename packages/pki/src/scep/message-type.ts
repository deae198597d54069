/** What a SCEP message is for (RFC 8894 §3.2.1.2). */
export const messageTypes = {
  CertRep: 3,
  RenewalReq: 17,
  PKCSReq: 19,
  CertPoll: 20,
} as const

/** What a client may ask for. Other types are refused by not standing here: UpdateReq, GetCert, GetCRL, and what is to come. */
export type RequestType = 'PKCSReq' | 'RenewalReq' | 'CertPoll'

const allowed: ReadonlyMap<string, RequestType> = new Map([
  ['19', 'PKCSReq'],
  ['17', 'RenewalReq'],
  ['20', 'CertPoll'],
])

/** The request that a messageType attribute means; undefined for every other. */
export function requestType(text: string): RequestType | undefined {
  return allowed.get(text)
}
