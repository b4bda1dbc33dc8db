import Foundation
import PeciaCore
import PeciaStore

/// Finds each recording's place in the project: that it is here already, or a name of its own.
actor SplitNames {
  enum Place {
    case here(Recording)
    case free(String)
    /// The same bytes came before in this run.
    case again
  }

  private let store: ProjectStore
  private let project: URL
  /// Names that are given in this run but not in the store yet.
  private var given: [(name: String, sha256: String)] = []

  init(store: ProjectStore, project: URL) {
    self.store = store
    self.project = project
  }

  /// The place of the recording at `path`.
  ///
  /// - Throws: `StoreError.cutOtherwise` where it is here, cut with other options.
  func place(for path: String, sha256: String, _ cutting: CuttingSettings) throws -> Place {
    if let recording = try store.recording(sha256: sha256) {
      guard try store.cutting(of: recording.name) == cutting else {
        throw StoreError.cutOtherwise(name: recording.name)
      }
      return .here(recording)
    }
    if given.contains(where: { $0.sha256 == sha256 }) { return .again }
    let taken = Set(
      try store.recordings().map { Self.folded($0.name) } + given.map { Self.folded($0.name) })
    let base = Self.name(of: path)
    var name = base
    var number = 1
    while taken.contains(Self.folded(name)) || SplitFolder(of: name, in: project).isTaken {
      number += 1
      name = "\(base)-\(number)"
    }
    given.append((name, sha256))
    return .free(name)
  }

  /// Names that differ in case only are the same, as they are to some file systems.
  private static func folded(_ name: String) -> String {
    name.precomposedStringWithCanonicalMapping.lowercased()
  }

  /// The file name without its ending, as a name that a folder and a shell can bear.
  static func name(of path: String) -> String {
    let file = URL(filePath: path).deletingPathExtension().lastPathComponent
    var name = String(
      file.precomposedStringWithCanonicalMapping.map { character in
        let isPlain = character.unicodeScalars.allSatisfy {
          !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 32 && $0.value != 127
        }
        return isPlain && !"/\\".contains(character) ? character : "-"
      })
    while name.first == "." || name.first == "-" || name.first == " " { name.removeFirst() }
    while name.utf8.count > 180 { name.removeLast() }
    while name.last == " " || name.last == "." { name.removeLast() }
    return name.isEmpty ? "recording" : name
  }
}
