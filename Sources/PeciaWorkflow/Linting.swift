import Foundation
public import PeciaCore
import PeciaStyle

/// A text checked against a style guide.
public struct LintedText: Sendable {
  /// What messages call it: the file's path, or `-`.
  public var file: String
  public var text: String
  public var findings: [Finding]
  /// The text with all safe fixes; nil where none were asked for.
  public var fixed: String?

  public var hasErrors: Bool { findings.contains { $0.level == .error } }
}

/// Checks texts against one style guide.
public struct Linter: Sendable {
  private let guide: Guide
  /// Whether texts are clips, which may begin and end in mid-sentence.
  public var readsClips = false

  /// What the user should know of checks that cannot run here.
  public var notes: [String] { guide.notes }

  /// `style` is the name of a built-in guide, or a guide's file.
  ///
  /// - Throws: `StyleError` where there is no such guide, or it is wrong.
  public init(style: String) throws { guide = try Guide.named(style) }

  /// What a file's text is: captions by its ending or first line, otherwise a transcript.
  private func kind(of file: String, _ text: String) -> TextKind {
    if readsClips { return .submission() }
    let ending = URL(filePath: file).pathExtension.lowercased()
    return ["srt", "vtt"].contains(ending) || text.hasPrefix("WEBVTT")
      ? .captions : .transcript()
  }

  /// What the guide finds in `text`; with `fixing`, what it finds after all safe fixes.
  public func lint(_ text: String, file: String, fixing: Bool = false) -> LintedText {
    let kind = kind(of: file, text)
    let fixed = fixing ? guide.fixed(text, as: kind) : nil
    return LintedText(
      file: file, text: fixed ?? text, findings: guide.findings(in: fixed ?? text, as: kind),
      fixed: fixed)
  }
}
