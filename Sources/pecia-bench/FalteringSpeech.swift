import PeciaStitch

/// Read speech that is made to falter as free speech does; its text stays as it was.
///
/// Before one word in eight the speaker stops, or begins the word and breaks off, or says it twice,
/// or says up to three words and takes them up again.
struct FalteringSpeech {
  private(set) var samples: [Float] = []
  /// The words, with the times at which they are said for good.
  private(set) var words: [Known.Word] = []

  private static let share = 8

  init(
    _ words: [Known.Word], in sound: [Float], using random: inout some RandomNumberGenerator
  ) {
    func samples(_ from: Double, _ to: Double) -> ArraySlice<Float> {
      let rate = Double(WordTimer.sampleRate)
      return sound[Int(from * rate)..<max(Int(from * rate), min(Int(to * rate), sound.count))]
    }
    var (copied, added) = (0.0, 0.0)
    for (index, word) in words.enumerated() {
      if index > 0, Int.random(in: 0..<Self.share, using: &random) == 0 {
        let place = (max(words[index - 1].end, copied) + word.start) / 2
        let last = words[min(index + Int.random(in: 0..<3, using: &random), words.count - 1)]
        let said: ArraySlice<Float> =
          switch Int.random(in: 0..<4, using: &random) {
          case 0: []
          case 1: samples(word.start, word.start + 0.6 * (word.end - word.start))
          case 2: samples(word.start, word.end)
          default: samples(word.start, last.end)
          }
        let pause = [Float](
          repeating: 0, count: WordTimer.sampleRate * Int.random(in: 10...60, using: &random) / 100)
        self.samples += samples(copied, place) + said + pause
        added += Double(said.count + pause.count) / Double(WordTimer.sampleRate)
        copied = place
      }
      self.words.append(
        Known.Word(w: word.w, start: word.start + added, end: word.end + added))
    }
    self.samples += sound[min(Int(copied * Double(WordTimer.sampleRate)), sound.count)...]
  }
}
