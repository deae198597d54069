export const ADMIN_TOKEN = 'a-token-for-measuring'

/** Hands in content. @throws when the answer is not 200 */
export async function handIn(url: string, name: string, octets: Uint8Array<ArrayBuffer>): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/octet-stream' }
  const response = await fetch(`${url}/api/v1/content/${name}`, { method: 'PUT', headers, body: octets })
  if (!response.ok) throw new Error(`Cannot measure: content was answered ${response.status}: ${await response.text()}`)
}

/** Calls the admin face and gives its answer. @throws when it is not 2xx */
export async function admin(
  url: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  throw new Error(`Cannot measure: ${method} ${path} was answered ${response.status}: ${text.slice(0, 500)}`)
}
