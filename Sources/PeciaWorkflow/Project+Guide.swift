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
    let end = try store.recording(named: clip.recording)?.duration
    return .submission(
      duration: Timestamp(milliseconds: clip.range.milliseconds),
      opens: clip.range.lowerBound == .zero,
      closes: end.map { clip.range.upperBound >= $0 } ?? false)
  }
}
