public import Foundation
public import PeciaCore

/// What a caption file was found to hold.
public struct CaptionReading: Sendable {
  public enum Content: Hashable, Sendable {
    /// Cues as the file has them.
    case captions(Captions)
    /// Words with times of their own.
    case transcript(Transcript)
  }

  public var content: Content
  /// What was damaged and how it was read, one sentence each.
  public var notices: [String]

  public init(_ content: Content, notices: [String] = []) {
    self.content = content
    self.notices = notices
  }

  /// Reads a file's bytes; `file` is its name in messages.
  ///
  /// Its beginning decides the form where it can, then `form`, which decides alone where it is
  /// stated; text may be in UTF-8, UTF-16 or, where `charset` says so or the text looks it, in an
  /// older character set.
  ///
  /// - Throws: `CaptionsError` where the bytes hold no captions in a form that can be read.
  public init(
    _ data: Data, form: CaptionForm? = nil, isStated: Bool = false, charset: Charset? = nil,
    file: String
  ) throws {
    let decoded = DecodedText(data, charset: charset)
    guard let form = isStated ? form : Self.form(of: decoded.text, stated: form) else {
      throw CaptionsError.unknownContent(file: file)
    }
    if form == .txt, !isStated { throw CaptionsError.unknownContent(file: file) }
    let text = decoded.text
    switch form {
    case .srt: self = try SubRipReader(file: file).read(text)
    case .vtt: self = try WebVTTReader(file: file).read(text)
    case .sbv: self = try SBVReader(file: file).read(text)
    case .json: self = try JSONReader(file: file).read(text)
    case .ttml, .ebuTTD: self = try TimedTextReader(file: file).read(text)
    case .ass: self = try SubStationReader(file: file).read(text)
    case .textGrid: self = try TextGridReader(file: file).read(text)
    case .eaf: self = try EAFReader(file: file).read(text)
    case .ctm: self = try CTMReader(file: file).read(text)
    case .txt, .md, .csv, .tsv, .html, .rttm, .audacity:
      throw CaptionsError.notReadable(form: form.rawValue)
    }
    notices = decoded.notices + notices
  }

  /// The form that a text's beginning shows; else the stated one.
  private static func form(of text: String, stated: CaptionForm?) -> CaptionForm? {
    let head = text.prefix(4000).drop { $0.isWhitespace }
    if head.hasPrefix("WEBVTT") { return .vtt }
    if head.contains("ooTextFile") { return .textGrid }
    if let stated, stated.isReadable { return stated }
    if head.hasPrefix("[Script Info]") { return .ass }
    if head.hasPrefix("<") { return head.contains("ANNOTATION_DOCUMENT") ? .eaf : .ttml }
    if head.hasPrefix("{") || head.hasPrefix("[") { return .json }
    if head.contains("-->") { return .srt }
    if SBVReader.looksLike(head) { return .sbv }
    return stated
  }
}
