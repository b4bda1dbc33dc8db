public import Foundation
public import PeciaCore
public import PeciaStore

/// A project with the verbs that its workers and coordinators use.
///
/// It is what the commands and the player speak to: the store keeps, the guide checks, judging
/// follows. Every verb takes the time as a parameter.
public struct Project: Sendable {
  public let store: ProjectStore
  /// As the user wrote it.
  public let path: String
  /// What the pack is; nil for a project.
  public let pack: Pack?
  let soundCheck = SoundCheck()
  let compiledGuide = CompiledGuide()

  /// Opens the project in the folder `path`, or the pack that is the file `path`.
  public init(opening path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ProjectError.noSuchFolder(path: path)
    }
    self.path = path
    if isFolder.boolValue {
      store = try ProjectStore(openingAt: URL(filePath: path).standardizedFileURL)
      pack = nil
    } else {
      (store, pack) = try openPack(path)
    }
  }

  /// Refuses what belongs to a coordinator where a worker's pack is open.
  ///
  /// - Throws: `ProjectError.isPack`.
  func mustBeProject() throws {
    if pack != nil { throw ProjectError.isPack(path: path) }
  }

  /// Leases the next task to `worker`; nil when there is none for them.
  ///
  /// `seconds`: how long the lease lasts; nil takes the project's setting.
  ///
  /// `excluding`: addresses (`talk/7`) of clips that are not wanted.
  public func claim(
    by worker: String, at now: Date, seconds: Int? = nil, excluding: Set<String> = []
  ) throws -> LeasedTask? {
    if let pack, try ProjectStore.checked(worker: worker) != pack.worker {
      throw ProjectError.packOfAnother(worker: pack.worker)
    }
    return try store.claim(by: worker, at: now, seconds: seconds, excluding: excluding).map(task)
  }

  /// The task of a lease, also when the lease is over.
  ///
  /// - Throws: `StoreError.unknownLease`.
  public func task(of lease: String) throws -> LeasedTask {
    guard let known = try store.lease(lease) else { throw StoreError.unknownLease(token: lease) }
    return try task(of: known)
  }

  /// Keeps `text` as the worker's draft; see `ProjectStore.saveDraft`.
  public func draft(_ text: String, lease: String, at now: Date, heard: Int = 0) throws {
    try store.saveDraft(text, lease: lease, at: now, heard: heard)
  }

  /// Makes the lease last again, and gives its new end.
  public func renew(_ lease: String, at now: Date) throws -> Date {
    try store.renew(lease, at: now)
  }

  public func release(
    _ lease: String, reason: ReleaseReason? = nil, at now: Date, heard: Int = 0
  ) throws {
    try store.release(lease, reason: reason, at: now, heard: heard)
  }

  private func task(of lease: Lease) throws -> LeasedTask {
    LeasedTask(
      lease: lease, audio: try audio(of: lease.clip).path,
      language: try store.recording(named: lease.clip.recording)?.language
        ?? store.settings().language,
      style: try store.settings().style)
  }

  /// The clip's sound file.
  ///
  /// A pack's is taken out of it into a folder of its own.
  ///
  /// - Throws: `ProjectError.strayPath` where the database names one outside the project.
  public func audio(of clip: Clip) throws -> URL {
    guard pack == nil else { return try store.takeOutSound(of: clip) }
    let parts = clip.file.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0 == ".." }) else {
      throw ProjectError.strayPath(file: clip.file)
    }
    return store.folder.appending(path: clip.file)
  }
}

/// A lease with all that its worker needs.
public struct LeasedTask: Hashable, Sendable {
  public var lease: Lease
  /// The absolute path of the clip's sound file.
  public var audio: String
  public var language: String
  public var style: String

  public var clip: Clip { lease.clip }

  /// The task as `claim --json` prints it.
  public var json: JSON {
    .object([
      "lease": .string(lease.token), "clip": .integer(clip.number),
      "recording": .string(clip.recording), "start": .time(clip.range.lowerBound),
      "end": .time(clip.range.upperBound), "audio": .string(audio),
      "expires": .string(lease.expires.formatted(.iso8601)), "language": .string(language),
      "style": .string(style), "draft": .string(orNull: lease.draft),
    ])
  }
}
