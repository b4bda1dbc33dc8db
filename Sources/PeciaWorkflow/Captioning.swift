import Foundation
public import PeciaCaptions
public import PeciaCore

/// Captions or a transcript as they were read from a file, and what is done with them next.
public struct Captioning: Sendable {
  /// A file to write.
  public struct Output: Hashable, Sendable {
    public var path: String
    public var form: CaptionForm

    /// The form is `form`, else what the path's ending stands for.
    ///
    /// - Throws: `CaptionsError` where neither names one.
    public init(path: String, form: String? = nil) throws {
      self.path = path
      if let form {
        guard let known = CaptionForm(name: form) else {
          throw CaptionsError.unknownFormName(form)
        }
        self.form = known
      } else if let known = CaptionForm(path: path) {
        self.form = known
      } else {
        throw CaptionsError.unknownForm(
          ending: path == "-" ? path : URL(filePath: path).pathExtension)
      }
    }
  }

  /// How captions are written.
  public struct Options: Sendable {
    /// Cuts anew by this profile; nil writes cues as they are, and cuts transcripts by `netflix`.
    public var profile: CaptionProfile?
    /// What the writers are asked for; their sound is a path.
    public var rendering = RenderOptions()

    public init(profile: CaptionProfile? = nil, rendering: RenderOptions = RenderOptions()) {
      self.profile = profile
      self.rendering = rendering
    }

    /// - Throws: `CaptionsError` where there is no such profile.
    public init(
      profileNamed name: String?, framesPerSecond: Double? = nil, karaoke: Bool = false,
      timestamps: Bool = false, sound: String? = nil
    ) throws {
      profile = try name.map { try CaptionProfile.named($0) }
      rendering = RenderOptions(
        framesPerSecond: framesPerSecond, karaoke: karaoke, timestamps: timestamps, sound: sound)
    }
  }

  public var content: CaptionReading.Content
  /// What was damaged and how it was read, one sentence each.
  public var notices: [String]

  /// A transcript that needs no reading.
  init(_ transcript: Transcript) {
    content = .transcript(transcript)
    notices = []
  }

  /// Reads the file at `path`; `-` is standard input.
  ///
  /// - Throws: `FileError` or `CaptionsError`.
  public init(reading path: String, form: String? = nil, charset: String? = nil) throws {
    let data = try readFile(path)
    let stated = try form.map { name in
      guard let form = CaptionForm(name: name) else { throw CaptionsError.unknownFormName(name) }
      return form
    }
    let known = try charset.map { name in
      guard let charset = Charset(name: name) else { throw CaptionsError.unknownCharset(name) }
      return charset
    }
    let reading = try CaptionReading(
      data, form: stated ?? CaptionForm(path: path), isStated: stated != nil, charset: known,
      file: path == "-" ? "standard input" : path)
    (content, notices) = (reading.content, reading.notices)
    if case .transcript(let transcript) = content,
      let back = zip(transcript.words, transcript.words.dropFirst()).first(where: {
        $1.range.lowerBound < $0.range.lowerBound
      })
    {
      notices.append(
        "the times of the words run backwards: ‘\(back.1.text)’ at \(back.1.range.lowerBound) s "
          + "stands behind ‘\(back.0.text)’ at \(back.0.range.lowerBound) s")
    }
    if path != "-" { setName(URL(filePath: path).deletingPathExtension().lastPathComponent) }
  }

  private mutating func setName(_ name: String) {
    guard case .transcript(var transcript) = content, transcript.recording.name.isEmpty else {
      return
    }
    transcript.recording.name = name
    content = .transcript(transcript)
  }

  /// Says in which language the words are, where the file does not.
  public mutating func setLanguage(_ language: String) {
    switch content {
    case .captions(var captions):
      captions.language = language
      content = .captions(captions)
    case .transcript(var transcript):
      transcript.language = language
      content = .transcript(transcript)
    }
  }

  /// Multiplies all times by `scale`, then moves them by `shift` milliseconds.
  public mutating func retime(scale: Double, shift: Int) {
    let lost = content.retime(scale: scale, shift: shift)
    if lost > 0 {
      notices.append("\(lost) of the cues or words would end before the start, and are left out")
    }
  }

  /// Writes all of `outputs` or none of them, and says what their forms could not hold.
  ///
  /// - Throws: `FileError` or `CaptionsError`.
  public func write(_ outputs: [Output], options: Options) throws -> [String] {
    let written = try outputs.map { (output: $0, rendered: try rendered($0, options)) }
    try writeFiles(written.map { ($0.rendered.data, $0.output.path) })
    return written.flatMap { file in
      file.rendered.losses.map { file.output.path == "-" ? $0 : "\(file.output.path): \($0)" }
    }
  }

  private func rendered(_ output: Output, _ options: Options) throws -> Rendered {
    var rendering = options.rendering
    rendering.sound = rendering.sound.map { soundAddress(of: $0, seenFrom: output.path) }
    switch content {
    case .transcript(let transcript):
      let profile = try options.profile ?? .named("netflix")
      return render(transcript, as: output.form, profile: profile, options: rendering)
    case .captions(let captions):
      guard let profile = options.profile else {
        let framed = rendering.framesPerSecond.map(content.onFrames) ?? content
        guard case .captions(let captions) = framed else { return Rendered(text: "") }
        return render(captions, as: output.form, options: rendering)
      }
      return recut(captions, profile, output.form, rendering)
    }
  }

  /// Captions cut anew: their words, with the times that they have or share.
  private func recut(
    _ captions: Captions, _ profile: CaptionProfile, _ form: CaptionForm, _ options: RenderOptions
  ) -> Rendered {
    var cut = Captions(cutting: captions.transcript(), by: profile, options: options)
    let shortfalls = cut.shortfalls(against: profile, options: options)
    if !form.holdsWordTimes {
      for index in cut.entries.indices { cut.entries[index].cue.words = [] }
    }
    var rendered = render(cut, as: form, options: options)
    if captions.isMarked {
      rendered.losses.append("cutting anew drops markup, settings and notes")
    }
    rendered.losses += shortfalls
    return rendered
  }
}

/// Where a page at `page` finds the sound at `path`: a relative address, as a browser reads it.
public func soundAddress(of path: String, seenFrom page: String) -> String {
  let sound = URL(filePath: path).standardizedFileURL.pathComponents
  let folder =
    page == "-"
    ? URL(filePath: ".", directoryHint: .isDirectory).standardizedFileURL.pathComponents
    : URL(filePath: page).standardizedFileURL.deletingLastPathComponent().pathComponents
  let common = zip(sound.dropLast(), folder).prefix { $0 == $1 }.count
  let steps = Array(repeating: "..", count: folder.count - common) + sound[common...]
  var allowed = CharacterSet.alphanumerics
  allowed.insert(charactersIn: "-._~")
  return steps.map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? $0 }
    .joined(separator: "/")
}

/// What `captions --check` found.
public struct CaptionReport: Sendable {
  public var profile: String
  public var cues: Int
  public var faults: [CaptionFault]

  /// Checks the captions against the profile `name`, or the one in that YAML file.
  ///
  /// - Throws: `CaptionsError` where there are only words, and no cues to check.
  public init(
    checking captioning: Captioning, file: String, against name: String,
    framesPerSecond: Double? = nil
  ) throws {
    let profile = try CaptionProfile.named(name)
    guard case .captions(let captions) = captioning.content else {
      throw CaptionsError.noCues(file: file)
    }
    self.profile = profile.name
    cues = captions.entries.count
    faults = captions.faults(against: profile, framesPerSecond: framesPerSecond)
  }

  /// What `captions --check --format json` prints.
  public var json: JSON {
    .object([
      "profile": .string(profile), "cues": .integer(cues),
      "faults": .array(
        faults.map { fault in
          .object([
            "cue": .integer(fault.cue), "line": fault.line.map(JSON.integer) ?? .null,
            "rule": .string(fault.rule.rawValue), "message": .string(fault.message),
            "value": .number(orNull: fault.value), "limit": .number(orNull: fault.limit),
            "start": .time(fault.range.lowerBound), "end": .time(fault.range.upperBound),
          ])
        }),
    ])
  }

  /// One line for each fault: `cue 3, 0:12: line-length: …`.
  public var lines: [String] {
    faults.map { fault in
      let line = fault.line.map { ", line \($0)" } ?? ""
      return "cue \(fault.cue)\(line), \(fault.range.lowerBound.clock): "
        + "\(fault.rule.rawValue): \(fault.message)"
    }
  }
}

/// The caption forms and profiles by name, for help texts.
public let writableForms = CaptionForm.allCases.map(\.rawValue).joined(separator: ", ")
public let readableForms = CaptionForm.allCases.filter(\.isReadable).map(\.rawValue)
  .joined(separator: ", ")
public let profileNames = CaptionProfile.builtIn.joined(separator: ", ")

/// Whether the ending of a path stands for a caption form.
public func hasForm(_ path: String) -> Bool { CaptionForm(path: path) != nil }
