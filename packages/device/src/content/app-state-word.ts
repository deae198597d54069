import type { App } from './app.ts'

/** `managed-but-uninstalled` is `ManagedButUninstalled` in commands. */
export function stateWord({ state }: App): string {
  return state
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
