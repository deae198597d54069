import type { Admin } from './admin.ts'
import type { Written } from './declarations.ts'

/** Writes declarations, in this order, and a set of them. */
export async function putSet(
  admin: Admin,
  name: string,
  declarations: Readonly<Record<string, Written>>,
): Promise<void> {
  for (const [identifier, body] of Object.entries(declarations))
    await admin('put-declaration', { params: { identifier }, body })
  await admin('put-set', { params: { name }, body: { declarations: Object.keys(declarations) } })
}

/** Gives a set to an enrollment by name. */
export async function giveSet(admin: Admin, name: string, id: string, channel?: 'device' | 'user'): Promise<void> {
  await admin('put-enrollment-set', { params: { id, name }, body: channel === undefined ? {} : { channel } })
}
