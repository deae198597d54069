import type ts from 'typescript'
import type { Import } from './imports.ts'
import type { Room } from './rooms.ts'

/** What a rule is given: every source of the project, read once. */
export interface House {
  readonly root: string
  readonly rooms: readonly Room[]
  /** Folders under packages and apps, and the rooms beside them, that exist. */
  readonly folders: readonly string[]
  readonly sources: readonly Source[]
  readonly manifests: ReadonlyMap<string, Manifest>
  /** What the package.json at the root declares: the tools that every test may use. */
  readonly rootManifest: Manifest
}

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly room: Room
  /** Named `*.test.ts`, or standing in tests/, or unable to run outside vitest because it imports it. */
  readonly isTest: boolean
  readonly syntax: ts.SourceFile
  readonly imports: readonly Import[]
}

export interface Manifest {
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
}
