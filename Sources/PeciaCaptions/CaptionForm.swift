/// A form that captions and transcripts are written in or read from.
public enum CaptionForm: String, CaseIterable, Sendable {
  case srt, vtt, ttml
  case ebuTTD = "ebu-tt-d"
  case ass, sbv, txt, md, csv, tsv, json, html
  case textGrid = "TextGrid"
  case eaf, ctm, rttm, audacity

  /// The form that a file's ending stands for, without its dot and in any case; nil for one that
  /// stands for none.
  public init?(ending: String) {
    switch ending.lowercased() {
    case "srt": self = .srt
    case "vtt", "webvtt": self = .vtt
    case "ttml", "dfxp", "itt", "xml": self = .ttml
    case "ass", "ssa": self = .ass
    case "sbv": self = .sbv
    case "txt", "text": self = .txt
    case "md", "markdown": self = .md
    case "csv": self = .csv
    case "tsv": self = .tsv
    case "json": self = .json
    case "html", "htm": self = .html
    case "textgrid": self = .textGrid
    case "eaf": self = .eaf
    case "ctm": self = .ctm
    case "rttm": self = .rttm
    default: return nil
    }
  }

  /// The form called `name` (`ebu-tt-d`, `audacity`), in any case; an ending is a name too.
  public init?(name: String) {
    let lowered = name.lowercased()
    if let form = Self.allCases.first(where: { $0.rawValue.lowercased() == lowered }) {
      self = form
      return
    }
    switch lowered {
    case "subrip": self = .srt
    case "imsc", "imsc1", "imsc1.1": self = .ttml
    case "ebuttd": self = .ebuTTD
    case "markdown": self = .md
    default: self.init(ending: lowered)
    }
  }

  /// The form that the ending of the file at `path` stands for; nil without one.
  public init?(path: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    self.init(ending: String(path[path.index(after: dot)...]))
  }

  /// Whether files of the form can be read.
  public var isReadable: Bool {
    switch self {
    case .srt, .vtt, .ttml, .ebuTTD, .ass, .sbv, .json, .textGrid, .eaf, .ctm: true
    case .txt, .md, .csv, .tsv, .html, .rttm, .audacity: false
    }
  }

  /// Whether the form can hold a time for each word.
  public var holdsWordTimes: Bool {
    switch self {
    case .vtt, .ass, .json, .html, .textGrid, .ctm, .rttm: true
    case .srt, .ttml, .ebuTTD, .sbv, .txt, .md, .csv, .tsv, .eaf, .audacity: false
    }
  }

  /// Whether the form holds captions to show, so that a transcript has to be cut for it.
  public var holdsCues: Bool {
    switch self {
    case .srt, .vtt, .ttml, .ebuTTD, .ass, .sbv, .csv, .tsv, .eaf, .audacity: true
    case .txt, .md, .json, .html, .textGrid, .ctm, .rttm: false
    }
  }
}
