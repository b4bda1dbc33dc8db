public import Foundation
public import PeciaCore
public import PeciaStore

/// A project in a folder of its own; it goes when its owner lets go.
public struct ScratchProject: Sendable {
  public let folder: TemporaryFolder
  public let store: ProjectStore

  public init(_ settings: ProjectSettings = ProjectSettings(), clips: Int = 6) throws {
    folder = try TemporaryFolder()
    store = try ProjectStore(
      creatingAt: folder.url.appending(path: "project"), settings: settings)
    if clips > 0 { try add("talk", clips: clips) }
  }

  /// The project's folder.
  public var path: String { store.folder.path }

  /// Adds a recording of 20-second clips that share two seconds with their neighbours.
  public func add(_ name: String, clips count: Int, drafts: [Int: String] = [:]) throws {
    let time = { Timestamp(milliseconds: $0 * 1000) }
    let recording = Recording(
      name: name, sha256: "sha-\(name)", path: "/tmp/\(name).wav", duration: time(18 * count + 2),
      sampleRate: 16_000, channels: 1, language: "en")
    let clips = (0..<count).map {
      Clip(
        recording: name, number: $0 + 1, range: time(18 * $0)..<time(18 * $0 + 20),
        file: "clips/\(name)/\($0 + 1).flac", speech: 15_000, sha256: "clip-\($0)")
    }
    try store.add(
      recording, clips: clips, gaps: [Gap(range: time(1)..<time(2), reason: .silence)],
      cutting: CuttingSettings(), drafts: drafts)
  }

  /// Claims as `worker` at second `now`; nil for nothing.
  public func claim(_ worker: String, at now: Int = 0) throws -> Lease? {
    try store.claim(by: worker, at: second(now))
  }

  /// How many clips of the first recording are in each state; none is left out.
  public func counts(at now: Int = 0) throws -> [ClipState: Int] {
    try store.status(at: second(now)).recordings[0].states.filter { $0.value != 0 }
  }
}

/// A time `seconds` after the tests' beginning.
public func second(_ seconds: Int) -> Date {
  Date(timeIntervalSince1970: 1_800_000_000 + Double(seconds))
}
