import Foundation
import PeciaAudio
import PeciaCore
import PeciaStore
import PeciaStyle

/// Cuts recordings into clips and queues them as tasks.
///
/// Recordings are worked on side by side, and long ones in several pieces; names and the order in
/// the project follow the request. A recording comes into the project in one step when all its
/// clips are on the disk; killed before that, the next run takes up the clips that are there.
public struct Splitter: Sendable {
  let request: SplitRequest
  let folder: URL
  /// Hears warnings, one sentence each.
  let warn: @Sendable (String) -> Void
  /// Hears how much of all work is done, from 0 to 1.
  let progress: @Sendable (Double) -> Void

  public init(
    _ request: SplitRequest, warn: @escaping @Sendable (String) -> Void,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    self.request = request
    folder = URL(filePath: request.project, directoryHint: .isDirectory)
    self.warn = warn
    self.progress = progress
  }

  /// Does it; one recording's failure does not stop the others.
  ///
  /// - Throws: what concerns all of them: `SplitError`, `StoreError`.
  public func run() async throws -> SplitReport {
    let wasThere = FileManager.default.fileExists(atPath: folder.path)
    let isNew = !ProjectStore.isProject(at: folder)
    let lock = try SplitLock(folder) {
      warn("another ‘pecia split’ works in ‘\(request.project)’: waiting for it")
    }
    defer { withExtendedLifetime(lock) {} }
    let store = try openProject()
    try removeLeftovers()
    let job = SplitJob(
      self, store: store, cutting: request.cutting(in: try store.settings().cutting))
    let results = await job.results()
    var report = SplitReport(project: request.project)
    var names: Set<String> = []
    for result in results {
      switch result {
      case .success(let recording):
        guard names.insert(recording.name).inserted else { continue }
        report.entries.append(
          SplitReport.Entry(
            recording: recording, clips: try store.clips(of: recording.name),
            gaps: try store.gaps(of: recording.name)))
      case .failure(let error): report.failures.append("\(error)")
      }
    }
    if isNew, report.entries.isEmpty { discardProject(andFolder: !wasThere) }
    return report
  }

  /// Takes away a project that was made for recordings of which none came in.
  private func discardProject(andFolder: Bool) {
    for name in ["project.sqlite", "project.sqlite-wal", "project.sqlite-shm"] {
      try? FileManager.default.removeItem(at: folder.appending(path: name))
    }
    // Only while they are empty.
    rmdir(folder.appending(path: "clips").path)
    if andFolder { rmdir(folder.path) }
  }

  /// Opens the project, or makes it where the folder holds none.
  private func openProject() throws -> ProjectStore {
    guard ProjectStore.isProject(at: folder) else {
      let cutting = request.cutting(in: CuttingSettings())
      if let contradiction = cutting.contradiction { throw SplitError.wishes(contradiction) }
      var settings = ProjectSettings(cutting: cutting)
      let guide = try Guide.named(request.style ?? settings.style)
      settings.style = guide.name
      settings.language = request.language ?? settings.language
      settings.copies = request.copies ?? settings.copies
      try keep(guide)
      return try ProjectStore(creatingAt: folder, settings: settings)
    }
    let store = try ProjectStore(openingAt: folder)
    let settings = try store.settings()
    if let contradiction = request.cutting(in: settings.cutting).contradiction {
      throw SplitError.wishes(contradiction)
    }
    if let style = try request.style.map({ try Guide.named($0).name }), style != settings.style {
      throw SplitError.styleDiffers(
        project: request.project, style: settings.style, wished: style)
    }
    return store
  }

  /// Writes the guide into the project, as it is now.
  private func keep(_ guide: Guide) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try writeFile(Data(guide.source.utf8), to: folder.appending(path: "style.yml").path)
  }

  /// Removes what a killed run had converted.
  private func removeLeftovers() throws {
    let clips = folder.appending(path: "clips")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: clips.path)) ?? []
    for name in names where name.hasPrefix(SplitJob.convertedPrefix) {
      try? FileManager.default.removeItem(at: clips.appending(path: name))
    }
  }
}
