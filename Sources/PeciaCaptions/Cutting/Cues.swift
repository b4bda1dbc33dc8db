public import PeciaCore

/// Cuts a transcript into cues that keep to a profile.
///
/// The cues hold the transcript's words, unchanged and in order. Limits of lines, of time and of
/// gaps are kept wherever words fit at all; reading speed gives way only where speech leaves no
/// room. Cues begin and end on whole frames of `framesPerSecond`; with nil, or a rate outside
/// 1…1000, on whole milliseconds.
public func cues(
  of transcript: Transcript, profile: CaptionProfile, framesPerSecond: Double? = nil
) -> [Cue] {
  let language = spokenLanguage(of: transcript)
  let profile = profile.forLanguage(language)
  var words = transcript.words
  if words.contains(where: \.text.isBlank) { words.removeAll { $0.text.isBlank } }
  let atomiser = Atomiser(words, limit: profile.charactersPerLine)
  let atoms = atomiser.atoms
  let rate = framesPerSecond.flatMap(FrameRate.init)
  let grid = TimeGrid(rate)
  let limits = TimeLimits(profile, rate: rate ?? profile.frameRate, grid: grid)
  let cutter = CueCutter(
    atoms, profile: profile, limits: limits, grid: grid, language: .forLanguage(language))
  let pieces = cutter.pieces()
  let texts = pieces.map { text(of: $0, atoms) }
  let end = transcript.recording.duration.milliseconds
  let timer = CueTimer(
    needs: zip(pieces, texts).map { piece, text in
      CueTimer.Need(
        start: atoms[piece.from].start, end: atoms[piece.to - 1].end,
        reading: profile.readingTime(
          characters: visibleCharacters(in: text), words: piece.to - piece.from))
    },
    limits: limits, grid: grid,
    // A recording that ends with its last word is one whose end is not known.
    recordingEnd: atoms.last.flatMap { end > $0.end ? end : nil })
  let times = timer.times()
  return pieces.indices.map { index in
    let spoken = timedWords(atoms[pieces[index].from..<pieces[index].to], words: words)
    let speaker = spoken.first?.speaker
    return Cue(
      range: Timestamp(
        milliseconds: times[index].start)..<Timestamp(
          milliseconds: times[index].end),
      text: texts[index],
      speaker: spoken.allSatisfy { $0.speaker == speaker } ? speaker : nil, words: spoken)
  }
}

/// What a piece looks like as a cue: its lines, each speaker's with a dash in dialogue.
private func text(of piece: CueCutter.Piece, _ atoms: [Atom]) -> String {
  var text = piece.isDialogue ? "-" : ""
  for index in piece.from..<piece.to {
    if piece.breaks.contains(index) {
      text += piece.isDialogue ? "\n-" : "\n"
    } else if index > piece.from, atoms[index].spaced {
      text += " "
    }
    text += atoms[index].text
  }
  return text
}

/// The words of some atoms; a word that is cut has its piece's text and time.
private func timedWords(_ atoms: ArraySlice<Atom>, words: [TimedWord]) -> [TimedWord] {
  var spoken: [TimedWord] = []
  spoken.reserveCapacity(atoms.count)
  var last: Int?
  for atom in atoms {
    if atom.word == last, var word = spoken.popLast() {
      word.text += (atom.spaced ? " " : "") + atom.text
      word.range = word.range.lowerBound..<Timestamp(milliseconds: atom.end)
      spoken.append(word)
      continue
    }
    var word = words[atom.word]
    word.text = String(atom.text)
    word.range = Timestamp(milliseconds: atom.start)..<Timestamp(milliseconds: atom.end)
    spoken.append(word)
    last = atom.word
  }
  return spoken
}

/// The language that lines are broken by: what the script says, else the stated one, else the one
/// whose little words are commonest.
func spokenLanguage(of transcript: Transcript) -> String {
  let stated = transcript.language.isEmpty ? likeliestLanguage(transcript) : transcript.language
  var counts: [String: Int] = [:]
  for scalar in transcript.words.lazy.prefix(400).flatMap(\.text.unicodeScalars) {
    switch scalar.value {
    case 0x3041...0x30FF: counts["ja", default: 0] += 3
    case 0x4E00...0x9FFF: counts["zh", default: 0] += 1
    case 0xAC00...0xD7A3: counts["ko", default: 0] += 1
    case 0x0E00...0x0E7F: counts["th", default: 0] += 1
    case 0x41...0x024F: counts["", default: 0] += 1
    default: break
    }
  }
  guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), !most.key.isEmpty
  else { return stated }
  return most.key
}

/// Of the languages with lists, the one that most of the first words are listed in; English where
/// none is.
private func likeliestLanguage(_ transcript: Transcript) -> String {
  let words = transcript.words.prefix(600).flatMap {
    $0.text.split(whereSeparator: \.isWhitespace).map { WordForm($0, .other).bare }
  }
  let counts = ["en", "fr", "de", "es"].map { code in
    let listed = LanguageWords.forLanguage(code).bound
    return (code: code, count: words.count(where: listed.contains))
  }
  return counts.reduce(counts[0]) { $1.count > $0.count ? $1 : $0 }.code
}
