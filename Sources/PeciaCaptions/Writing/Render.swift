public import PeciaCore

/// Writes a transcript in a form; for forms that hold captions it is cut by `profile`.
public func render(
  _ transcript: Transcript, as form: CaptionForm, profile: CaptionProfile,
  options: RenderOptions = RenderOptions()
) -> Rendered {
  if form.holdsCues {
    let captions = Captions(cutting: transcript, by: profile, options: options)
    var rendered = render(captions, as: form, options: options)
    if !transcript.gaps.isEmpty || !transcript.disputes.isEmpty {
      rendered.losses.append("\(form.rawValue) holds neither gaps nor disputes")
    }
    rendered.losses += captions.shortfalls(against: profile, options: options)
    return rendered
  }
  switch form {
  case .json: return Rendered(text: transcript.json.text + "\n")
  case .md: return MarkdownWriter(timestamps: options.timestamps).write(transcript)
  case .html: return PageWriter(sound: options.sound).write(transcript)
  case .textGrid: return TextGridWriter().write(transcript)
  case .ctm: return CTMWriter().write(transcript)
  case .rttm: return RTTMWriter().write(transcript)
  default: return TextWriter(timestamps: options.timestamps).write(transcript)
  }
}

/// Writes captions in a form as they are: nothing is cut or mended.
public func render(
  _ captions: Captions, as form: CaptionForm, options: RenderOptions = RenderOptions()
) -> Rendered {
  var rendered = written(captions, as: form, options)
  rendered.losses += captions.sharedLosses(in: form)
  return rendered
}

private func written(
  _ captions: Captions, as form: CaptionForm, _ options: RenderOptions
) -> Rendered {
  switch form {
  case .srt: SubRipWriter().write(captions)
  case .vtt: WebVTTWriter(karaoke: options.karaoke).write(captions)
  case .ttml: TimedTextWriter(profile: .imsc).write(captions)
  case .ebuTTD: TimedTextWriter(profile: .ebu).write(captions)
  case .ass: SubStationWriter(karaoke: options.karaoke).write(captions)
  case .sbv: SBVWriter().write(captions)
  case .csv: TableWriter(form: .csv).write(captions)
  case .tsv: TableWriter(form: .tsv).write(captions)
  case .eaf: EAFWriter(sound: options.sound).write(captions)
  case .audacity: AudacityWriter().write(captions)
  case .json: JSONCuesWriter().write(captions)
  case .txt: TextWriter(timestamps: options.timestamps).write(captions.transcript())
  case .md: MarkdownWriter(timestamps: options.timestamps).write(captions.transcript())
  case .html: PageWriter(sound: options.sound).write(captions.transcript())
  case .textGrid: CueGridWriter().write(captions)
  case .ctm: shared(CTMWriter().write(captions.transcript()), captions, "CTM")
  case .rttm: RTTMWriter().write(captions.transcript())
  }
}

extension Captions {
  /// What WebVTT has and `form` cannot hold, a sentence each, beyond what its writer tells.
  fileprivate func sharedLosses(in form: CaptionForm) -> [String] {
    guard form != .vtt else { return [] }
    let around = [
      notes.isEmpty ? nil : "notes", styles.isEmpty ? nil : "styles",
      regions.isEmpty ? nil : "regions",
    ].compactMap(\.self)
    var losses: [String] = []
    if !around.isEmpty {
      losses.append("\(form.rawValue) cannot hold \(around.joined(separator: ", "))")
    }
    switch form {
    case .srt, .ass:
      let isLost = entries.contains { $0.spans.contains(where: \.hasMoreThanLooks) }
      if isLost {
        losses.append("\(form.rawValue) cannot hold classes, languages, ruby and time marks")
      }
    case .txt, .md, .html, .textGrid, .ctm:
      if entries.contains(where: { $0.isMarked || $0.cue.settings != nil }) {
        losses.append("\(form.rawValue) cannot hold markup and settings")
      }
    default: break
    }
    return losses
  }

  /// The cues that a transcript is cut into.
  public init(
    cutting transcript: Transcript, by profile: CaptionProfile, options: RenderOptions
  ) {
    self.init(
      PeciaCaptions.cues(
        of: transcript, profile: profile, framesPerSecond: options.framesPerSecond),
      language: transcript.language.isEmpty ? nil : transcript.language,
      title: transcript.recording.name.isEmpty ? nil : transcript.recording.name)
  }

  /// Where speech left a profile no room, a sentence each; nothing where all is kept.
  ///
  /// Told are cues that read too fast, and cues that begin after their first word.
  /// Cues without the times of their words are not known to begin late.
  public func shortfalls(against profile: CaptionProfile, options: RenderOptions) -> [String] {
    var sentences: [String] = []
    let fast = faults(against: profile, framesPerSecond: options.framesPerSecond)
      .filter { $0.rule == .readingSpeed }
    if let first = fast.first {
      sentences.append(
        "\(fast.count) of \(entries.count) cues read faster than \(profile.name) allows, "
          + "as speech leaves no room; the first at \(first.range.lowerBound.clock)")
    }
    let late = cues.filter { $0.lateness > 0 }
    if let worst = late.max(by: { $0.lateness < $1.lateness }) {
      sentences.append(
        "\(late.count) of \(entries.count) cues begin after their first word, as those before "
          + "need the time; the latest by \(Timestamp(milliseconds: worst.lateness)) s "
          + "at \(worst.range.lowerBound.clock)")
    }
    return sentences
  }
}

extension Cue {
  /// The milliseconds that it begins after its first word; 0 where it does not, or none has a time.
  public var lateness: Int {
    words.first.map { max(0, range.lowerBound - $0.range.lowerBound) } ?? 0
  }
}

/// With a word on times that were shared out, where words had none of their own.
private func shared(_ rendered: Rendered, _ captions: Captions, _ form: String) -> Rendered {
  var rendered = rendered
  if captions.cues.contains(where: { $0.words.isEmpty && !$0.text.isEmpty }) {
    rendered.losses.append("\(form) needs a time for each word; words share their cue's")
  }
  return rendered
}
