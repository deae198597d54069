/**
 * A real number that would read as an integer: `2.0`. Division truncates between integers, so `7 / 2` and `7 / 2.0`
 * differ, and a JavaScript number cannot tell them apart. Numbers with a fraction need no wrapping.
 */
export class Real {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}
