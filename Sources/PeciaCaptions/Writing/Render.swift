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
    rendered.losses += captions.haste(against: profile, options: options)
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

  /// One sentence on the cues that read too fast, as speech left no room; nothing without any.
  public func haste(against profile: CaptionProfile, options: RenderOptions) -> [String] {
    let fast = faults(against: profile, framesPerSecond: options.framesPerSecond)
      .filter { $0.rule == .readingSpeed }
    guard let first = fast.first else { return [] }
    return [
      "\(fast.count) of \(entries.count) cues read faster than \(profile.name) allows, "
        + "as speech leaves no room; the first at \(first.range.lowerBound.clock)"
    ]
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
