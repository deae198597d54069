export const ADMIN_TOKEN = 'a-token-for-measuring'

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
