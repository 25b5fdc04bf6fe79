export interface HexLine {
  readonly offset: string
  readonly hex: string
  readonly text: string
}

/** Sixteen bytes a line; what isn't plain ASCII shows as a dot, so that content can't draw anything. */
export function hexDump(bytes: Uint8Array, start = 0): HexLine[] {
  const lines: HexLine[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const slice = [...bytes.subarray(at, at + 16)]
    lines.push({
      offset: (start + at).toString(16).padStart(8, '0'),
      hex: slice.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: slice.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    })
  }
  return lines
}

/** The content as text when it is valid UTF-8 without control characters, otherwise nothing. */
export function plainText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
