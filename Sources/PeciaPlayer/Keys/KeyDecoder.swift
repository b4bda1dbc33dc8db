/// What arrives from a terminal, once its bytes are understood.
enum Input: Hashable, Sendable {
  enum Phase: Hashable, Sendable { case press, again, release }
  case key(Key, Phase)
  /// A text that was pasted, as it came.
  case paste(String)
  /// The terminal's background, from 0 (black) to 1 (white).
  case background(Double)
  /// The terminal tells when keys are let go.
  case reportsReleases

  static func key(_ key: Key) -> Input { .key(key, .press) }
}

/// Turns a terminal's bytes into keys and pastes, however the reads cut them.
///
/// Understands UTF-8, xterm, VT, rxvt and Linux console keys, xterm's `modifyOtherKeys`, kitty's
/// key reports, bracketed paste, and the answers to what the player asks. What it does not know
/// is passed over whole, so that no half sequence ends up in somebody's text.
struct KeyDecoder: Sendable {
  private var pending: [UInt8] = []
  private var pasted: [UInt8]?
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Whether bytes wait for others to complete them.
  var isWaiting: Bool { !pending.isEmpty || pasted != nil }

  /// What `bytes` complete, in order.
  mutating func inputs(from bytes: some Sequence<UInt8>) -> [Input] {
    pending += bytes
    return drain(final: false)
  }

  /// What can be made of the bytes that wait, after `milliseconds` of silence.
  ///
  /// A lone escape is the key after 40 ms; a paste whose end never came is closed after a second.
  mutating func inputs(afterSilence milliseconds: Int) -> [Input] {
    var inputs: [Input] = []
    if pasted != nil {
      guard milliseconds >= 1000 else { return [] }
      inputs = closePaste(with: pending[...])
      pending = []
    }
    guard milliseconds >= 40 else { return inputs }
    return inputs + drain(final: true)
  }

  private mutating func drain(final: Bool) -> [Input] {
    var inputs: [Input] = []
    var start = 0
    while start < pending.count {
      if pasted != nil {
        let (more, used) = collectPaste(from: start)
        inputs += more
        start += used
        if used == 0 { break }
        continue
      }
      var sequence = KeySequence(bytes: pending[start...], final: final)
      guard let meaning = sequence.read() else { break }
      start += max(sequence.length, 1)
      switch meaning {
      case .input(let input): inputs.append(input)
      case .pasteStart: pasted = []
      case .nothing: break
      }
    }
    pending.removeFirst(start)
    return inputs
  }

  /// Takes pasted bytes up to the closing sequence, or up to what may be its beginning.
  private mutating func collectPaste(from start: Int) -> (inputs: [Input], used: Int) {
    let end = Self.pasteEnd
    var index = start
    while index < pending.count {
      if pending[index] == 0x1B {
        let piece = pending[index..<min(index + end.count, pending.count)]
        if piece.elementsEqual(end) {
          return (closePaste(with: pending[start..<index]), index + end.count - start)
        }
        if end.starts(with: piece) { break }
      }
      index += 1
    }
    pasted?.append(contentsOf: pending[start..<index])
    return ([], index - start)
  }

  private mutating func closePaste(with last: ArraySlice<UInt8>) -> [Input] {
    let text = String(decoding: (pasted ?? []) + last, as: UTF8.self)
    pasted = nil
    return text.isEmpty ? [] : [.paste(text)]
  }
}
