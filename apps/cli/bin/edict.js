#!/usr/bin/env node
// Edict is TypeScript that Node 24 runs as it is. This file is plain JavaScript, so that an older Node can run it and find
// the Node 24 that `npm install` brought.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const wanted = 24
const self = fileURLToPath(import.meta.url)

followShell()
if (majorOf(process.versions.node) >= wanted) {
  stayWithLauncher()
  hideTypeStrippingWarning()
  await import('../src/main.ts')
} else {
  const node = nodeNear(dirname(self))
  if (node === undefined) {
    process.stderr.write(
      `Cannot start edict: it needs Node ${wanted}, this is Node ${process.versions.node}, and no newer one is installed here.\n` +
        `Run "npm install" in the folder of the project (its "node" package brings Node ${wanted}), or start edict with a newer Node.\n`,
    )
    process.exit(1)
  }
  launch(node)
}

/**
 * Runs this file again under another Node, passes signals on and ends as it ends.
 * @param {string} node path of the program
 */
function launch(node) {
  const child = spawn(node, [...process.execArgv, self, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, EDICT_LAUNCHED: '1' },
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      // Ctrl-C reaches the whole foreground group: the child has it already, and a second one would cut its farewell short.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  child.on('error', (error) => {
    process.stderr.write(`Cannot start edict: ${node} does not run: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']))
}

/** A launcher that is killed cannot pass anything on; the closed channel tells, and nothing stays behind. */
function stayWithLauncher() {
  if (process.env.EDICT_LAUNCHED === undefined || process.channel === undefined) return
  delete process.env.EDICT_LAUNCHED
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  process.channel.unref()
}

/**
 * `npx` and `npm run` start a program in a shell that passes no signal on: end npm, and the program would stay behind. When
 * that shell goes away, this ends as by SIGTERM.
 */
function followShell() {
  if (process.env.npm_command === undefined) return
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

/** Early releases of Node 24 call running TypeScript an experiment. */
function hideTypeStrippingWarning() {
  const emitWarning = process.emitWarning
  process.emitWarning = (warning, ...rest) => {
    if (/type stripping/i.test(String(warning))) return
    Reflect.apply(emitWarning, process, [warning, ...rest])
  }
}

/**
 * The `node` package nearest to a folder, going up.
 * @param {string} folder
 * @returns {string | undefined}
 */
function nodeNear(folder) {
  const home = join(folder, 'node_modules', 'node')
  const program = ['node', 'node.exe'].map((name) => join(home, 'bin', name)).find((path) => existsSync(path))
  if (program !== undefined && majorOf(versionOf(home)) >= wanted) return program
  const parent = dirname(folder)
  return parent === folder ? undefined : nodeNear(parent)
}

/** @param {string} home folder of a package */
function versionOf(home) {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version
}

/** @param {string} version */
function majorOf(version) {
  return Number(version.split('.')[0])
}
