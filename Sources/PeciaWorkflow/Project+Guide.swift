import Foundation
import PeciaCore
import PeciaStyle
import Synchronization

extension Project {
  /// The style guide as it was when the project began, from `style.yml`; where the file is gone,
  /// the built-in one that the project names.
  ///
  /// It is compiled once, and again when the file says something else.
  ///
  /// - Throws: `StyleError` where there is no such guide, or the file was broken since.
  func guide() throws -> Guide {
    let file = store.folder.appending(path: "style.yml").path
    if let text = FileManager.default.contents(atPath: file) {
      return try compiledGuide.guide(from: .file(text)) { try Guide.named(file) }
    }
    if FileManager.default.fileExists(atPath: file) { return try Guide.named(file) }
    let style = try store.settings().style
    return try compiledGuide.guide(from: .name(style)) { try Guide.named(style) }
  }

  /// How the guide reads the text of a clip: sentences are whole only at the recording's ends.
  func kind(of clip: Clip) throws -> TextKind {
    TextKind(clip: clip.range, of: try store.recording(named: clip.recording))
  }
}

extension TextKind {
  /// A worker's text of the stretch `clip`.
  init(clip: TimeRange, of recording: Recording?) {
    self = .submission(
      duration: Timestamp(milliseconds: clip.milliseconds), opens: clip.lowerBound == .zero,
      closes: recording.map { clip.upperBound >= $0.duration } ?? false,
      language: recording?.language)
  }
}

/// The guide that was compiled last, with what it was compiled from.
final class CompiledGuide: Sendable {
  /// What a guide says, or the name of one that is part of the program.
  enum Source: Hashable {
    case file(Data)
    case name(String)
  }

  private let kept = Mutex<(source: Source, guide: Guide)?>(nil)

  /// The guide of `source`, which `compile` makes where the last one came from another.
  ///
  /// One that rests on other files is not kept, since they may change unseen.
  func guide(from source: Source, compile: () throws -> Guide) throws -> Guide {
    if let kept = kept.withLock({ $0 }), kept.source == source { return kept.guide }
    let guide = try compile()
    var parts = guide.extended
    if case .name(let name) = source { parts.append(name) }
    if parts.allSatisfy(Guide.builtIn.contains) { kept.withLock { $0 = (source, guide) } }
    return guide
  }
}
