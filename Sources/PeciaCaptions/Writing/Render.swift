public import PeciaCore

/// Writes a transcript in a form; for forms that hold captions it is cut by `profile`.
public func render(
  _ transcript: Transcript, as form: CaptionForm, profile: CaptionProfile,
  options: RenderOptions = RenderOptions()
) throws -> Rendered {
  switch form {
  case .json: return Rendered(text: transcript.json.text + "\n")
  case .txt: return textWriter(options).write(transcript)
  case .srt, .vtt:
    let cut = cues(of: transcript, profile: profile, framesPerSecond: options.framesPerSecond)
    let captions = Captions(
      cut, language: transcript.language, title: transcript.recording.name)
    return try render(captions, as: form, options: options)
  }
}

/// Writes captions in a form as they are: nothing is cut or mended.
public func render(
  _ captions: Captions, as form: CaptionForm, options: RenderOptions = RenderOptions()
) throws -> Rendered {
  switch form {
  case .json: Rendered(text: captions.json.text + "\n")
  case .txt: textWriter(options).write(captions.transcript())
  case .srt: SubRipWriter().write(captions)
  case .vtt: WebVTTWriter(karaoke: options.karaoke).write(captions)
  }
}

private func textWriter(_ options: RenderOptions) -> TextWriter {
  TextWriter(timestamps: options.timestamps)
}
