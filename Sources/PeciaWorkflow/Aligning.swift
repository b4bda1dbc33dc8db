import Foundation
import PeciaAudio
import PeciaCaptions
public import PeciaCore
import PeciaStitch

/// A recording and a text of it that is already there, timed word by word.
public struct Aligning: Sendable {
  public var transcript: Transcript
  /// What the user should know of how it was done, one sentence each.
  public var notices: [String]

  /// Times the text at `text` (`-` is standard input) in the sound at `recording`.
  ///
  /// Each piece of the text between blanks becomes one word; time marks (`<12.48>`, seconds from
  /// the recording's start) are anchors and no words, and speakers' labels get no length.
  ///
  /// - `language`: a language code; its table is used where there is one.
  /// - `command`: an outside aligner, run by `sh -c`; where it fails, the times are ours.
  /// - Throws: `FileError` or `AudioError`.
  public init(recording: String, text: String, language: String, command: String? = nil) throws {
    let pieces = AlignedText(try readText(text))
    notices = []
    var reader = try MonoReader(recording, rate: WordTimer.sampleRate)
    let timer = WordTimer(language: language)
    var ranges: [TimeRange]?
    if let command {
      do {
        ranges = try OutsideAligner(command: command)
          .times(of: pieces.words.map(\.text), in: recording, language: language)
      } catch let error as OutsideAligner.Failure {
        notices.append("\(error.description); the times are our own")
      }
    }
    if ranges == nil {
      var timed = try timer.times(of: pieces.spoken, reading: { try reader.next($0) })
      if timed.method == .pauses, timer.hasTable {
        reader = try MonoReader(recording, rate: WordTimer.sampleRate)
        timed = try WordTimer(language: TimingTable.anyLanguage)
          .times(of: pieces.spoken, reading: { try reader.next($0) })
      }
      if timed.method == .pauses {
        reader = try MonoReader(recording, rate: WordTimer.sampleRate)
        let learnt = try WordTimer.learnt(
          from: pieces.spoken, at: timed.ranges, reading: { try reader.next($0) })
        if let learnt {
          reader = try MonoReader(recording, rate: WordTimer.sampleRate)
          let found = try learnt.times(of: pieces.spoken, reading: { try reader.next($0) })
          if found.method != .pauses { timed = found }
        }
      }
      ranges = pieces.ranges(from: timed.ranges)
      if let how = timed.method.roughness(in: language, hasTable: timer.hasTable) {
        notices.append(
          "no table fits this text and its sound (‘--language’ says which is tried): its words are "
            + "timed \(how)")
      }
    }
    while try !reader.next(1_000_000).isEmpty {}
    let end = Timestamp(seconds: Double(reader.position) / Double(WordTimer.sampleRate))
    let said = zip(pieces.words, ranges ?? []).filter { word, _ in
      word.place.map { !pieces.spoken[$0].isTag } ?? false && word.text.contains(where: \.isLetter)
    }
    let untimed = said.count { min($1.upperBound, end) <= $1.lowerBound }
    if untimed >= 3, untimed * 10 > said.count {
      notices.append(
        "\(untimed) of \(said.count) words found no time in ‘\(recording)’ (\(end) s): is this its "
          + "text?")
    }
    let name = URL(filePath: recording).deletingPathExtension().lastPathComponent
    transcript = Transcript(
      recording: .init(name: name, duration: end, sha256: try sha256(ofFile: recording)),
      language: language, style: "plain",
      words: zip(pieces.words, ranges ?? []).map { word, range in
        TimedWord(text: word.text, range: min(range.lowerBound, end)..<min(range.upperBound, end))
      })
  }

  /// Writes the transcript in the forms of `outputs`; gives what they could not hold.
  ///
  /// - Throws: `FileError` or `CaptionsError`.
  public func write(_ outputs: [Captioning.Output], options: Captioning.Options) throws -> [String]
  {
    try Captioning(transcript).write(outputs, options: options)
  }
}

/// A text's pieces between blanks, and which of them are spoken.
private struct AlignedText {
  struct Word {
    var text: String
    /// Its place among `spoken`; nil for a speaker's label.
    var place: Int?
  }
  var words: [Word] = []
  var spoken: [SpokenWord] = []

  init(_ text: String) {
    var anchor: Timestamp?
    for piece in MarkedText(text).pieces {
      if case .mark(let time) = piece.kind {
        anchor = time
        continue
      }
      for part in piece.text.split(whereSeparator: \.isWhitespace).map(String.init) {
        if case .label = piece.kind {
          words.append(Word(text: part))
          continue
        }
        words.append(Word(text: part, place: spoken.count))
        spoken.append(SpokenWord(text: part, isTag: piece.kind == .tag, anchor: anchor))
        anchor = nil
      }
    }
  }

  /// The stretches of all words; a label lies at the start of the word behind it.
  func ranges(from found: [TimeRange]) -> [TimeRange] {
    var next = found.last.map { $0.upperBound..<$0.upperBound } ?? .zero..<Timestamp.zero
    return words.reversed().map { word in
      if let place = word.place {
        next = found[place]
      } else {
        next = next.lowerBound..<next.lowerBound
      }
      return next
    }.reversed()
  }
}
