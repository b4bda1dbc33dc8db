import Foundation
import PeciaCore
import PeciaStyle

extension Project {
  /// The style guide as it was when the project began, from `style.yml`; where the file is gone,
  /// the built-in one that the project names.
  ///
  /// - Throws: `StyleError` where there is no such guide, or the file was broken since.
  func guide() throws -> Guide {
    let file = store.folder.appending(path: "style.yml").path
    return try Guide.named(
      FileManager.default.fileExists(atPath: file) ? file : store.settings().style)
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
