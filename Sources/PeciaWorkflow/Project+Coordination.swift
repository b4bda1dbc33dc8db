public import Foundation
public import PeciaCore
public import PeciaStore
import PeciaStyle

/// What `project set` changes; nil leaves a value as it is.
public struct ProjectChange: Sendable {
  /// Changes this recording alone; nil changes the project.
  public var recording: String?
  public var priority: Int?
  public var language: String?
  public var copies: Int?
  public var copiesMax: Int?
  public var agree: Double?
  public var leaseSeconds: Int?
  public var apart: ProjectSettings.Apart?
  /// A guide's name or file.
  public var style: String?

  public init() {}
}

extension Project {
  /// Changes the project's settings, or one recording's.
  public func change(_ change: ProjectChange) throws {
    try mustBeProject()
    // The guide is read first: a broken one changes nothing.
    let guide = try change.style.map { try Guide.named($0) }
    for name in try change.recording.map({ [$0] }) ?? store.recordings().map(\.name) {
      if let language = change.language { try store.setLanguage(language, of: name) }
      if let priority = change.priority { try store.setPriority(priority, of: name) }
    }
    guard change.recording == nil else { return }
    var settings = try store.settings()
    settings.language = change.language ?? settings.language
    settings.copies = change.copies ?? settings.copies
    settings.copiesMax = max(change.copiesMax ?? settings.copiesMax, settings.copies)
    settings.agree = change.agree ?? settings.agree
    settings.leaseSeconds = change.leaseSeconds ?? settings.leaseSeconds
    settings.apart = change.apart ?? settings.apart
    if let guide {
      settings.style = guide.name
      try writeFile(
        Data(guide.source.utf8), to: store.folder.appending(path: "style.yml").path)
    }
    try store.setSettings(settings)
  }

  /// Takes recordings out of the project, their clip files too; texts stay in the history.
  public func remove(_ recordings: [String]) throws {
    try mustBeProject()
    for name in recordings where try store.recording(named: name) == nil {
      throw StoreError.unknownRecording(name: name)
    }
    for name in recordings {
      try store.remove(name)
      guard !name.contains("/"), name != "..", name != "." else { continue }
      let folder = store.folder.appending(path: "clips").appending(path: name)
      if FileManager.default.fileExists(atPath: folder.path) {
        try FileManager.default.removeItem(at: folder)
      }
    }
    try writeManifest(store)
  }

  /// Stops or resumes the handing out of clips.
  public func setPaused(_ paused: Bool) throws {
    try mustBeProject()
    try store.setPaused(paused)
  }

  /// Opens a clip (`talk/7`) again; see `ProjectStore.reopen`.
  public func reopen(_ address: String, at now: Date) throws {
    try mustBeProject()
    let clip = try Self.clip(at: address)
    try store.reopen(clip.number, of: clip.recording, at: now)
    try judge(clip.recording, touching: clip.number, by: guide(), at: now)
  }

  /// Decides the text of a clip (`talk/7`), and gives what the guide finds in it.
  public func accept(_ text: String, for address: String, at now: Date) throws -> [Finding] {
    try mustBeProject()
    let (recording, number) = try Self.clip(at: address)
    try store.accept(text, for: number, of: recording, at: now)
    let guide = try guide()
    try judge(recording, touching: number, by: guide, at: now)
    guard let clip = try store.clips(of: recording).first(where: { $0.number == number }) else {
      return []
    }
    return guide.findings(in: text, as: try kind(of: clip))
  }

  /// Takes the worker's name out of the project, and gives the one that stands there now.
  public func forget(_ worker: String) throws -> String {
    try mustBeProject()
    return try store.forget(worker)
  }

  static func clip(at address: String) throws -> (recording: String, number: Int) {
    guard let slash = address.lastIndex(of: "/"),
      let number = Int(address[address.index(after: slash)...])
    else { throw StoreError.unknownClip(address: address) }
    return (String(address[..<slash]), number)
  }
}

extension ProjectChange {
  /// Whether `name` says how far workers are kept from their own clips.
  public static func isApart(_ name: String) -> Bool {
    ProjectSettings.Apart(rawValue: name) != nil
  }

  public mutating func setApart(_ name: String?) {
    apart = name.flatMap(ProjectSettings.Apart.init)
  }
}

extension StatusReport {
  /// The workers as one JSON object.
  public var workersJSON: JSON {
    .object([
      "workers": .array(
        workers.map {
          .object([
            "worker": .string($0.worker), "submissions": .integer($0.submissions),
            "leased": .integer($0.leased), "released": .integer($0.released),
          ])
        })
    ])
  }

  /// The workers, a line each.
  public var workersPage: String {
    workers.isEmpty
      ? "nobody has claimed a task yet" : workers.map(\.summary).joined(separator: "\n")
  }
}
