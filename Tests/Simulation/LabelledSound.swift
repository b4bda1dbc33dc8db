import PeciaCore
package import PeciaStitch

/// A recording with its text, for training or measuring.
package struct LabelledSound: Sendable {
  package struct Word: Codable, Sendable {
    package var w: String
    package var start: Double
    package var end: Double
  }
  package var name: String
  package var language: String
  /// 16 kHz, one channel.
  package var samples: [Float]
  /// The words with the times that the file states; these are only measured against.
  package var words: [Word]

  package var spoken: [SpokenWord] { words.map { SpokenWord(text: $0.w) } }
  package var spokenSound: SpokenSound { SpokenSound(words: spoken, samples: samples) }

  /// Recordings that share a beginning of letters share their voices: `sonnet_1`, `sonnet_2`.
  package var voice: String { String(name.prefix { $0.isLetter }) }

  /// The pieces of at most `seconds` that its pauses cut it into; short sounds stay whole.
  package func pieces(under seconds: Double) -> [LabelledSound] {
    var pieces: [LabelledSound] = []
    var first = 0
    var from = 0.0
    for index in words.indices {
      let isLast = index + 1 == words.count
      let next = isLast ? Double(samples.count) / 16_000 : words[index + 1].start
      let middle = isLast ? next : (words[index].end + next) / 2
      let isPause = next - words[index].end > 0.25
      let later = words[(index + 1)...].prefix { $0.end - from < seconds }
      let hasLaterPause = zip(later, later.dropFirst()).contains { $1.start - $0.end > 0.25 }
      guard isLast || (isPause && !hasLaterPause && middle - from > 3) else { continue }
      let range = Int(from * 16_000)..<min(Int(middle * 16_000), samples.count)
      pieces.append(
        LabelledSound(
          name: name, language: language, samples: Array(samples[range]),
          words: words[first...index].map {
            Word(w: $0.w, start: $0.start - from, end: $0.end - from)
          }))
      (first, from) = (index + 1, middle)
    }
    return pieces
  }
}

/// What a sound's JSON file states.
struct SoundLabels: Decodable {
  var audio: String
  var language: String
  var words: [LabelledSound.Word]
}
