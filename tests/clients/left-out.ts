/** Says after `npm test` what it did not run. `.ci/run` runs it next. */
export function teardown(): void {
  if (process.env.CI !== undefined) return
  process.stdout.write(
    'Left out: programs of others (SCEP clients, a browser, proxies, systemd, the container); npm run clients tries those that are installed\n',
  )
}
