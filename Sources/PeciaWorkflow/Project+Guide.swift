import Foundation
import PeciaCore
import PeciaStyle

extension Project {
  /// The style guide as it was when the project began, from `style.yml`.
  ///
  /// - Throws: `StyleError` where the file is gone or was broken since.
  func guide() throws -> Guide {
    try Guide.named(store.folder.appending(path: "style.yml").path)
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
