// QR codes (ISO/IEC 18004), byte mode, error correction level M, any size: what an authenticator app scans at enrolment.

// Per version 1–40 at level M: error correction bytes in a block, and blocks.
const CORRECTION_BYTES = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
];
const QUIET_ZONE = 4;

type Grid = (boolean | null)[][];

function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((right >>> bit) & 1) * left;
  }
  return product;
}

function correctionBytes(data: number[], count: number): number[] {
  const divisor = [...Array<number>(count - 1).fill(0), 1];
  for (let step = 0, root = 1; step < count; step += 1, root = multiply(root, 2))
    for (let index = 0; index < count; index += 1)
      divisor[index] = multiply(divisor[index] ?? 0, root) ^ (divisor[index + 1] ?? 0);
  const remainder = Array<number>(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ (remainder.shift() ?? 0);
    remainder.push(0);
    for (let index = 0; index < count; index += 1)
      remainder[index] = (remainder[index] ?? 0) ^ multiply(divisor[index] ?? 0, factor);
  }
  return remainder;
}

function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const last = version * 4 + 10;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - (count - 2 - index) * step)];
}

/** All bytes a code of this version holds, correction included: its modules less those of the fixed patterns. */
function capacity(version: number): number {
  const centres = alignmentCentres(version).length;
  let bits = (16 * version + 128) * version + 64;
  if (centres > 0) bits -= (25 * centres - 10) * centres - 55;
  return (version >= 7 ? bits - 36 : bits) >> 3;
}

const blocksOf = (version: number) => BLOCKS[version - 1] ?? 0;
const correctionOf = (version: number) => CORRECTION_BYTES[version - 1] ?? 0;
const dataCapacity = (version: number) => capacity(version) - blocksOf(version) * correctionOf(version);

function dataBytes(text: Buffer, version: number): number[] {
  const lengthBits = version < 10 ? 8 : 16;
  let bits = `0100${text.length.toString(2).padStart(lengthBits, "0")}`;
  for (const byte of text) bits += byte.toString(2).padStart(8, "0");
  const total = dataCapacity(version) * 8;
  bits = bits.padEnd(Math.min(total, bits.length + 4), "0");
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  for (let pad = 0xec; bytes.length < total / 8; pad ^= 0xec ^ 0x11) bytes.push(pad);
  return bytes;
}

/** Data and correction, block by block, interleaved as the standard wants them. */
function codewords(text: Buffer, version: number): number[] {
  const data = dataBytes(text, version);
  const count = blocksOf(version);
  const longBlocks = data.length % count;
  const shortLength = Math.floor(data.length / count);
  const blocks: number[][] = [];
  for (let index = 0, start = 0; index < count; index += 1) {
    const length = shortLength + (index >= count - longBlocks ? 1 : 0);
    blocks.push(data.slice(start, start + length));
    start += length;
  }
  const corrections = blocks.map((block) => correctionBytes(block, correctionOf(version)));
  const interleave = (parts: number[][], length: number) =>
    Array.from({ length }, (_, index) => parts.flatMap((part) => part.slice(index, index + 1))).flat();
  return [...interleave(blocks, shortLength + 1), ...interleave(corrections, correctionOf(version))];
}

/** Appends a BCH remainder, as the format and version fields carry. */
function withRemainder(value: number, generator: number, bits: number): number {
  let remainder = value;
  for (let step = 0; step < bits; step += 1)
    remainder = (remainder << 1) ^ (((remainder >>> (bits - 1)) & 1) * generator);
  return (value << bits) | (remainder & ((1 << bits) - 1));
}

function fixedPatterns(version: number): Grid {
  const size = version * 4 + 17;
  const grid: Grid = Array.from({ length: size }, () => Array<boolean | null>(size).fill(null));
  const set = (x: number, y: number, dark: boolean) => {
    const row = grid[y];
    if (row && x >= 0 && x < size) row[x] = dark;
  };
  const rings = (centreX: number, centreY: number, radius: number, light: number[]) => {
    for (let dy = -radius; dy <= radius; dy += 1)
      for (let dx = -radius; dx <= radius; dx += 1)
        set(centreX + dx, centreY + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (let index = 0; index < size; index += 1) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  rings(3, 3, 4, [2, 4]);
  rings(size - 4, 3, 4, [2, 4]);
  rings(3, size - 4, 4, [2, 4]);
  const centres = alignmentCentres(version);
  for (const x of centres)
    for (const y of centres) {
      const inFinder = (x === 6 && y === 6) || (x === 6 && y === size - 7) || (x === size - 7 && y === 6);
      if (!inFinder) rings(x, y, 2, [1]);
    }
  // Level M is 00 and mask 0 is 000: the field is all zeros but for the constant that is laid over it.
  const format = withRemainder(0, 0x537, 10) ^ 0x5412;
  const bit = (value: number, index: number) => ((value >>> index) & 1) === 1;
  for (let index = 0; index < 15; index += 1) {
    const dark = bit(format, index);
    if (index < 6) set(8, index, dark);
    else if (index < 8) set(8, index + 1, dark);
    else if (index === 8) set(7, 8, dark);
    else set(14 - index, 8, dark);
    if (index < 8) set(size - 1 - index, 8, dark);
    else set(8, size - 15 + index, dark);
  }
  set(8, size - 8, true);
  if (version >= 7) {
    const field = withRemainder(version, 0x1f25, 12);
    for (let index = 0; index < 18; index += 1) {
      const [far, near] = [size - 11 + (index % 3), Math.floor(index / 3)];
      set(far, near, bit(field, index));
      set(near, far, bit(field, index));
    }
  }
  return grid;
}

/** The code's modules, row by row; null when the text is too long for any code. */
export function qrModules(text: string): boolean[][] | null {
  const bytes = Buffer.from(text);
  const fits = (version: number) => bytes.length + (version < 10 ? 2 : 3) <= dataCapacity(version);
  const version = BLOCKS.findIndex((_, index) => fits(index + 1)) + 1;
  if (version === 0) return null;
  const grid = fixedPatterns(version);
  const size = grid.length;
  const stream = codewords(bytes, version);
  let position = 0;
  // Two columns at a time from the right, upwards and downwards in turn, skipping the vertical timing pattern.
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) {
        const upwards = ((right + 1) & 2) === 0;
        const y = upwards ? size - 1 - step : step;
        const row = grid[y];
        if (!row || row[x] !== null) continue;
        const dark = (((stream[position >>> 3] ?? 0) >>> (7 - (position & 7))) & 1) === 1;
        // Mask 0 for every code: readers undo any mask, and a choice among eight only helps worn prints.
        row[x] = dark !== ((x + y) % 2 === 0);
        position += 1;
      }
  }
  return grid.map((row) => row.map((module) => module === true));
}

export function qrSvg(text: string): string | null {
  const modules = qrModules(text);
  if (!modules) return null;
  const size = modules.length + QUIET_ZONE * 2;
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h1v1h-1z` : "")))
    .join("");
  // Colours by name: a # would end the data URL that clients make of this.
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="white"/><path fill="black" d="${path}"/></svg>`;
}
