import Foundation
import PeciaCore
import Yams

extension CaptionProfile {
  /// The names of the profiles that the program holds, in order.
  public static var builtIn: [String] {
    EmbeddedTexts.all.keys.filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
  }

  /// The profile `name`, or the one in the YAML file of that path.
  ///
  /// - Throws: `CaptionsError` where there is none, or where a file states what no profile can.
  public static func named(_ name: String) throws -> CaptionProfile {
    if let yaml = EmbeddedTexts.all["\(name).yml"] {
      return try CaptionProfile(yaml: yaml, file: "\(name).yml")
    }
    guard name.contains("/") || name.hasSuffix(".yml") || name.hasSuffix(".yaml"),
      let data = FileManager.default.contents(atPath: name)
    else { throw CaptionsError.unknownProfile(name: name) }
    guard let yaml = String(data: data, encoding: .utf8) else {
      throw CaptionsError.profileFault(
        file: name, reason: "this is not UTF-8 text; save it as such")
    }
    return try CaptionProfile(yaml: yaml, file: name)
  }

  /// Reads a profile from YAML; `file` is its name in messages.
  ///
  /// Keys: `name`, `title`, `extends`, `characters`, `lines`, `shortest`, `longest` (seconds),
  /// `characters-a-second`, `words-a-minute`, `frame-rate`, `gap`, `close-gaps-under` (seconds, or
  /// `2 frames`), `languages`. A profile that extends another states only what differs.
  public init(yaml: String, file: String) throws {
    do {
      let stated = try YAMLDecoder().decode(StatedProfile.self, from: yaml)
      self = try stated.profile(file: file)
    } catch let error as CaptionsError {
      throw error
    } catch let DecodingError.dataCorrupted(context) {
      throw CaptionsError.profileFault(file: file, reason: Self.reason(context))
    } catch let DecodingError.typeMismatch(type, context) {
      throw CaptionsError.profileFault(file: file, reason: Self.reason(context, wanted: type))
    } catch let DecodingError.valueNotFound(type, context) {
      throw CaptionsError.profileFault(file: file, reason: Self.reason(context, wanted: type))
    } catch let DecodingError.keyNotFound(key, _) {
      throw CaptionsError.profileFault(
        file: file, reason: "the key ‘\(key.stringValue)’ is missing; state it, or extend a profile"
      )
    } catch {
      throw CaptionsError.profileFault(file: file, reason: "this is not YAML: \(error)")
    }
  }

  private static func reason(_ context: DecodingError.Context) -> String {
    switch context.underlyingError as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return "line \(mark.line), column \(mark.column): this is not YAML: \(problem)"
    default: break
    }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    let sentence = context.debugDescription.split(separator: "\n").first.map(String.init) ?? ""
    return path.isEmpty ? sentence : "‘\(path)’: \(sentence)"
  }

  private static func reason(_ context: DecodingError.Context, wanted type: Any.Type) -> String {
    guard let key = context.codingPath.last else {
      return "this is no profile; write keys and values, such as ‘name: ours’"
    }
    let wanted =
      switch type {
      case is Int.Type: "a whole number"
      case is Double.Type: "a number, without its unit"
      case is String.Type: "a text"
      default: "keys and values"
      }
    return "‘\(key.stringValue)’ wants \(wanted)"
  }
}

/// A profile as its YAML states it.
private struct StatedProfile: Decodable {
  struct Variant: Decodable {
    var charactersPerLine: Int?
    var charactersPerSecond: Double?
    var wordsPerMinute: Double?

    init(from decoder: any Decoder) throws {
      let values = try KnownKeys(decoder, ["characters", "characters-a-second", "words-a-minute"])
      charactersPerLine = try values.optional("characters")
      charactersPerSecond = try values.optional("characters-a-second")
      wordsPerMinute = try values.optional("words-a-minute")
    }
  }

  var name: String
  var title: String?
  var extends: String?
  var lines: Int?
  var shortest: Double?
  var longest: Double?
  var frameRate: Double?
  var gap: String?
  var closesGapsUnder: String?
  var languages: [String: Variant]?
  var speeds: Variant

  init(from decoder: any Decoder) throws {
    let values = try KnownKeys(
      decoder,
      [
        "name", "title", "extends", "characters", "lines", "shortest", "longest", "gap",
        "characters-a-second", "words-a-minute", "frame-rate", "close-gaps-under", "languages",
      ])
    name = try values.required("name")
    title = try values.optional("title")
    extends = try values.optional("extends")
    lines = try values.optional("lines")
    shortest = try values.optional("shortest")
    longest = try values.optional("longest")
    frameRate = try values.optional("frame-rate")
    gap = try values.optional("gap")
    closesGapsUnder = try values.optional("close-gaps-under")
    languages = try values.optional("languages")
    speeds = Variant(
      charactersPerLine: try values.optional("characters"),
      charactersPerSecond: try values.optional("characters-a-second"),
      wordsPerMinute: try values.optional("words-a-minute"))
  }
}

extension StatedProfile.Variant {
  init(charactersPerLine: Int?, charactersPerSecond: Double?, wordsPerMinute: Double?) {
    self.charactersPerLine = charactersPerLine
    self.charactersPerSecond = charactersPerSecond
    self.wordsPerMinute = wordsPerMinute
  }

  var variant: CaptionProfile.Variant {
    .init(
      charactersPerLine: charactersPerLine, charactersPerSecond: charactersPerSecond,
      wordsPerMinute: wordsPerMinute)
  }
}

extension StatedProfile {
  /// The whole profile: what is stated here over what it extends.
  func profile(file: String) throws -> CaptionProfile {
    var base: CaptionProfile?
    if let extends {
      guard extends != name, let yaml = EmbeddedTexts.all["\(extends).yml"] else {
        throw CaptionsError.unknownProfile(name: extends)
      }
      base = try CaptionProfile(yaml: yaml, file: "\(extends).yml")
    }
    func value<Value>(_ stated: Value?, _ inherited: Value?, _ key: String) throws -> Value {
      guard let value = stated ?? inherited else {
        throw CaptionsError.profileFault(
          file: file, reason: "‘\(key)’ is missing; state it, or extend a profile")
      }
      return value
    }
    let profile = CaptionProfile(
      name: name, title: title ?? name,
      charactersPerLine: try value(
        speeds.charactersPerLine, base?.charactersPerLine, "characters"),
      lines: try value(lines, base?.lines, "lines"),
      shortest: try value(shortest.map(milliseconds), base?.shortest, "shortest"),
      longest: try value(longest.map(milliseconds), base?.longest, "longest"),
      charactersPerSecond: speeds.charactersPerSecond ?? base?.charactersPerSecond,
      wordsPerMinute: speeds.wordsPerMinute ?? base?.wordsPerMinute,
      frameRate: try value(
        frameRate.map { try rate($0, file: file) }, base?.frameRate, "frame-rate"),
      gap: try value(gap.map { try length($0, "gap", file) }, base?.gap, "gap"),
      closesGapsUnder: try closesGapsUnder.map { try length($0, "close-gaps-under", file) }
        ?? base?.closesGapsUnder,
      languages: (base?.languages ?? [:]).merging(
        (languages ?? [:]).mapValues(\.variant), uniquingKeysWith: { $1 }))
    try check(profile, file: file)
    return profile
  }

  private func milliseconds(_ seconds: Double) -> Int { Timestamp(seconds: seconds).milliseconds }

  private func rate(_ value: Double, file: String) throws -> FrameRate {
    guard let rate = FrameRate(value) else {
      throw CaptionsError.profileFault(
        file: file, reason: "‘frame-rate’ must lie between 1 and 1000 frames a second")
    }
    return rate
  }

  /// `0.5` seconds, or `2 frames`.
  private func length(_ text: String, _ key: String, _ file: String) throws
    -> CaptionProfile.Length
  {
    let parts = text.split(separator: " ")
    if parts.count == 2, ["frame", "frames"].contains(parts[1]), let count = Int(parts[0]),
      (0...10_000).contains(count)
    {
      return .frames(count)
    }
    guard let seconds = Double(text), (0...3600).contains(seconds) else {
      throw CaptionsError.profileFault(
        file: file, reason: "‘\(key)’ is ‘\(text)’; write seconds (0.5) or frames (2 frames)")
    }
    return .milliseconds(milliseconds(seconds))
  }

  /// Refuses what no captions can keep.
  private func check(_ profile: CaptionProfile, file: String) throws {
    func demand(_ holds: Bool, _ reason: String) throws {
      if !holds { throw CaptionsError.profileFault(file: file, reason: reason) }
    }
    for (key, limits) in profile.languages.map({ ("languages.\($0)", $1) }) {
      try demand(
        (1...1000).contains(limits.charactersPerLine ?? 1),
        "‘\(key).characters’ must lie between 1 and 1000")
    }
    try demand(
      (1...1000).contains(profile.charactersPerLine), "‘characters’ must lie between 1 and 1000")
    try demand((1...8).contains(profile.lines), "‘lines’ must lie between 1 and 8")
    try demand((1...60_000).contains(profile.shortest), "‘shortest’ must lie between 0.001 and 60")
    try demand(
      profile.longest >= profile.shortest * 2 && profile.longest <= 600_000,
      "‘longest’ must be at least twice ‘shortest’, and at most 600")
    let speeds =
      [profile.charactersPerSecond, profile.wordsPerMinute]
      + profile.languages.values.flatMap { [$0.charactersPerSecond, $0.wordsPerMinute] }
    try demand(
      speeds.allSatisfy { (0.1...100_000).contains($0 ?? 1) }, "a reading speed must be above 0")
    let gap = profile.gap.milliseconds(at: profile.frameRate)
    try demand(
      gap <= 10_000, "‘gap’ must be at most 10 seconds")
    try demand(
      (profile.closesGapsUnder?.milliseconds(at: profile.frameRate) ?? gap)
        <= profile.longest - profile.shortest,
      "‘close-gaps-under’ must be shorter than ‘longest’ less ‘shortest’")
  }
}

/// A mapping of which every key must be known.
private struct KnownKeys {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
  private let values: KeyedDecodingContainer<Key>

  init(_ decoder: any Decoder, _ known: Set<String>) throws {
    values = try decoder.container(keyedBy: Key.self)
    if let key = values.allKeys.first(where: { !known.contains($0.stringValue) }) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: values.codingPath,
          debugDescription: "the key ‘\(key.stringValue)’ is unknown; "
            + "the keys are \(known.sorted().joined(separator: ", "))"))
    }
  }

  /// nil where the key is not there; a key without a value is a fault.
  func optional<Value: Decodable>(_ key: String) throws -> Value? {
    let key = Key(stringValue: key)
    return values.contains(key) ? try values.decode(Value.self, forKey: key) : nil
  }
  func required<Value: Decodable>(_ key: String) throws -> Value {
    try values.decode(Value.self, forKey: Key(stringValue: key))
  }
}
