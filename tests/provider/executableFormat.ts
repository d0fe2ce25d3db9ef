/** What the header of an executable says: its format and its processor, by Pulumi's names. */
const PROCESSORS: Readonly<Record<string, string>> = {
  "elf 62": "linux-amd64",
  "elf 183": "linux-arm64",
  "mach-o 16777223": "darwin-amd64",
  "mach-o 16777228": "darwin-arm64",
  "pe 34404": "windows-amd64",
  "pe 43620": "windows-arm64",
};

export function systemOf(file: Buffer): string | undefined {
  if (file.readUInt32BE(0) === 0x7f454c46) return PROCESSORS[`elf ${file.readUInt16LE(18)}`];
  if (file.readUInt32LE(0) === 0xfeedfacf) return PROCESSORS[`mach-o ${file.readUInt32LE(4)}`];
  const header = file.toString("latin1", 0, 2) === "MZ" ? file.readUInt32LE(0x3c) : 0;
  if (file.toString("latin1", header, header + 4) === "PE\0\0")
    return PROCESSORS[`pe ${file.readUInt16LE(header + 4)}`];
  return undefined;
}
