/// A form that captions and transcripts are written in or read from.
public enum CaptionForm: String, CaseIterable, Sendable {
  case srt, vtt, txt, json

  /// The form that a file's ending stands for, without its dot and in any case; nil for one that
  /// stands for none.
  public init?(ending: String) {
    switch ending.lowercased() {
    case "srt": self = .srt
    case "vtt", "webvtt": self = .vtt
    case "txt", "text": self = .txt
    case "json": self = .json
    default: return nil
    }
  }

  /// The form called `name`, in any case; an ending is a name too.
  public init?(name: String) { self.init(ending: name) }

  /// The form that the ending of the file at `path` stands for; nil without one.
  public init?(path: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    self.init(ending: String(path[path.index(after: dot)...]))
  }
}
