import Foundation
import PeciaCore

/// A style guide: the rules that texts are checked against.
public struct Guide: Sendable {
  public let name: String
  public let title: String
  /// A language code: `en`.
  public let language: String
  /// What the guide is for, in a sentence or two.
  public let purpose: String
  /// In the order of the guide, those of the guides that it extends first.
  public let rules: [Rule]
  /// Rules of the extended guides that this guide switches off.
  public let rulesOff: [String]
  /// The guides that this one extends.
  public let extended: [String]
  /// The guide as one YAML text that needs no other: what it extends is part of it.
  public let source: String
  let lexicon: Lexicon
  let grammar: Grammar
  let file: GuideFile

  /// The guides that are part of the program, in order of name.
  public static var builtIn: [String] {
    EmbeddedTexts.all.keys.filter { $0.hasSuffix(".yml") }.map { String($0.dropLast(4)) }.sorted()
  }

  /// The built-in guide of this name, or the guide in this file.
  ///
  /// - Throws: `StyleError` where there is no such guide, or it is wrong.
  public static func named(_ nameOrFile: String) throws -> Guide {
    let start = StyleError.Place(file: nameOrFile, line: 1, column: 1)
    let (yaml, file) = try text(of: nameOrFile, from: start)
    return try Guide(yaml: yaml, file: file)
  }

  /// The labels of speakers that the guide lists.
  public var speakers: [String] { file.vocabulary.speakers }

  /// The names that the guide lists, and the labels of its speakers.
  public var names: [String] { file.vocabulary.names + file.vocabulary.speakers }

  /// Whether all rules may speak of texts in `language`.
  ///
  /// The guides that are part of the program know the words and signs of their own language alone;
  /// whose guide it is says for what it is meant.
  public func fits(_ language: String) -> Bool {
    func primary(_ code: String) -> String {
      code.prefix { $0 != "-" && $0 != "_" }.lowercased()
    }
    return primary(language) == primary(self.language) || !Self.builtIn.contains(name)
      || rules.allSatisfy(\.check.isForAnyLanguage)
  }

  /// What a user should know of checks that cannot run on this computer; a sentence each.
  public var notes: [String] { rules.compactMap { ($0.check as? SpellingCheck)?.note } }

  /// Reads a guide; `file` is what messages call it, and where guides that it extends are sought.
  public init(yaml: String, file: String) throws {
    let guide = try GuideFile(yaml: yaml, file: file, load: Self.text)
    var used: Set<String> = []
    let rules = try guide.rules.map { try Rule($0, in: guide, file: file, used: &used) }
    if let (name, value) = guide.parameters.first(where: {
      !used.contains($0.name) && $0.value.place.file == file
    }) {
      throw value.wrong(
        "no rule uses the parameter ‘\(name)’", meant(name, among: used.sorted()))
    }
    (name, title, language) = (guide.name, guide.title, guide.language)
    (purpose, extended, rulesOff) = (guide.purpose.trimmed, guide.extended, guide.off)
    self.rules = rules
    self.file = guide
    source = guide.yaml(parameters: used)
    grammar = Grammar(of: rules)
    lexicon = Lexicon(
      rules.enumerated().flatMap { index, rule in
        rule.check.phrases.map { Lexicon.Phrase(rule: index, number: $0.number, text: $0.text) }
      })
  }

  /// The text of a guide by name, or by its file: beside the file that asks, or where it says.
  private static func text(of name: String, from place: StyleError.Place) throws
    -> (yaml: String, file: String)
  {
    if let yaml = EmbeddedTexts.all["\(name).yml"] { return (yaml, "\(name).yml") }
    let folder = URL(filePath: place.file).deletingLastPathComponent()
    let files = [name, "\(name).yml", "\(name).yaml"].flatMap {
      [folder.appending(path: $0).path, $0]
    }
    for file in files {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      guard let data = FileManager.default.contents(atPath: file) else {
        throw StyleError.unreadable(file: file, reason: "it cannot be opened")
      }
      guard let yaml = String(validating: data, as: UTF8.self) else {
        throw StyleError.unreadable(file: file, reason: "it is not UTF-8; save it as UTF-8")
      }
      return (yaml, file == folder.appending(path: name).path ? name : file)
    }
    throw StyleError.unknownGuide(name: name, known: builtIn)
  }
}

extension Grammar {
  init(of rules: [Rule]) {
    self.init()
    for rule in rules {
      if let check = rule.check as? TagCheck, check.isRound { roundTags = true }
      if let check = rule.check as? SpeakerCheck { shortLabels += check.shortLabels.map(\.codes) }
    }
  }
}
