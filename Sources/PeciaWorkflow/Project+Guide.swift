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
    guard let source = FileManager.default.contents(atPath: file) else {
      return try Guide.named(
        FileManager.default.fileExists(atPath: file) ? file : store.settings().style)
    }
    if let guide = compiledGuide.guide(from: source) { return guide }
    let guide = try Guide.named(file)
    compiledGuide.keep(guide, from: source)
    return guide
  }

  /// How the guide reads the text of a clip: sentences are whole only at the recording's ends.
  func kind(of clip: Clip) throws -> TextKind {
    TextKind(
      clip: clip.range, endOfRecording: try store.recording(named: clip.recording)?.duration)
  }
}

extension TextKind {
  /// A worker's text of the stretch `clip`.
  init(clip: TimeRange, endOfRecording: Timestamp?) {
    self = .submission(
      duration: Timestamp(milliseconds: clip.milliseconds), opens: clip.lowerBound == .zero,
      closes: endOfRecording.map { clip.upperBound >= $0 } ?? false)
  }
}

/// The guide that was compiled last, with the bytes that it was compiled from.
final class CompiledGuide: Sendable {
  private let kept = Mutex<(source: Data, guide: Guide)?>(nil)

  /// Nil where the last guide came from other bytes.
  func guide(from source: Data) -> Guide? {
    kept.withLock { $0?.source == source ? $0?.guide : nil }
  }

  /// Keeps the guide; one that rests on other files is not kept, since they may change unseen.
  func keep(_ guide: Guide, from source: Data) {
    guard guide.extended.allSatisfy(Guide.builtIn.contains) else { return }
    kept.withLock { $0 = (source, guide) }
  }
}
