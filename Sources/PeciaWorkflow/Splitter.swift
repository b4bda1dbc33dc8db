import Foundation
import PeciaAudio
import PeciaCaptions
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
  /// Asked to stop (Ctrl-C, SIGTERM), it leaves what is done for the next run to go on with.
  ///
  /// - Throws: what concerns all of them: `SplitError`, `StoreError`; `CancellationError` where it
  ///   was stopped before the end.
  public func run() async throws -> SplitReport {
    try await Interruption.cancelling { try await split() }
  }

  private func split() async throws -> SplitReport {
    let wasThere = FileManager.default.fileExists(atPath: folder.path)
    let isNew = !ProjectStore.isProject(at: folder)
    let guide = try request.style.map { try Guide.named($0) }
    let earlier = try request.draft.map { try Self.transcript($0) }
    try checkWishes()
    let lock = try await SplitLock(folder) {
      warn("another ‘pecia split’ works in ‘\(request.project)’: waiting for it")
    }
    defer { withExtendedLifetime(lock) {} }
    let (store, newGuide) = try openProject(guide)
    try warnOfDifferences(in: store, newGuide: newGuide)
    try removeLeftovers()
    let job = SplitJob(
      self, store: store, cutting: request.cutting(in: try store.settings().cutting),
      earlier: earlier)
    let results = await job.results()
    var report = SplitReport(project: request.project)
    var names: Set<String> = []
    var isStopped = false
    for result in results {
      switch result {
      case .success(let recording):
        guard names.insert(recording.name).inserted else { continue }
        report.entries.append(
          SplitReport.Entry(
            recording: recording, clips: try store.clips(of: recording.name),
            gaps: try store.gaps(of: recording.name)))
      case .failure(_ as CancellationError): isStopped = true
      case .failure(let error): report.failures.append("\(error)")
      }
    }
    isStopped = isStopped || Task.isCancelled && !report.failures.isEmpty
    if isNew, report.entries.isEmpty, !isStopped {
      discardProject(andFolder: !wasThere)
    } else {
      try write(Data(try manifest(of: store).utf8), as: "manifest.csv")
    }
    if isStopped { throw CancellationError() }
    return report
  }

  /// Takes away a project that was made for recordings of which none came in.
  private func discardProject(andFolder: Bool) {
    for name in ["project.sqlite", "project.sqlite-wal", "project.sqlite-shm", "style.yml"] {
      try? FileManager.default.removeItem(at: folder.appending(path: name))
    }
    // Only while they are empty.
    rmdir(folder.appending(path: "clips").path)
    if andFolder { rmdir(folder.path) }
  }

  /// Refuses wishes that contradict each other before anything is made.
  private func checkWishes() throws {
    guard !ProjectStore.isProject(at: folder) else { return }
    if let contradiction = request.contradiction { throw SplitError.wishes(contradiction) }
  }

  /// Opens the project, or makes it where the folder holds none; then with its guide.
  private func openProject(_ wished: Guide?) throws -> (ProjectStore, newGuide: Guide?) {
    guard ProjectStore.isProject(at: folder) else {
      let guide = try wished ?? Guide.named(ProjectSettings().style)
      var settings = ProjectSettings(cutting: request.cutting(in: CuttingSettings()))
      settings.style = guide.name
      settings.language = request.language ?? settings.language
      settings.copies = request.copies ?? settings.copies
      settings.copiesMax = max(settings.copiesMax, settings.copies)
      settings.leaseSeconds = request.leaseSeconds ?? settings.leaseSeconds
      settings.agree = request.agree ?? settings.agree
      settings.apart = request.isStrict ? .strict : .prefer
      try write(Data(guide.source.utf8), as: "style.yml")
      return (try ProjectStore(creatingAt: folder, settings: settings), guide)
    }
    let store = try ProjectStore(openingAt: folder)
    let settings = try store.settings()
    if let contradiction = request.cutting(in: settings.cutting).contradiction {
      throw SplitError.wishes(contradiction)
    }
    if let wished, wished.name != settings.style {
      throw SplitError.styleDiffers(
        project: request.project, style: settings.style, wished: request.style ?? wished.name)
    }
    return (store, nil)
  }

  /// Says what was wished and is not done in a project that is there already, and where the guide
  /// is for another language.
  private func warnOfDifferences(in store: ProjectStore, newGuide: Guide?) throws {
    let settings = try store.settings()
    let wishes: [(option: String, wished: String?, is: String)] = [
      ("copies", request.copies.map(String.init), "\(settings.copies)"),
      ("agree", request.agree.map { "\($0)" }, "\(settings.agree)"),
      ("lease", request.leaseSeconds.map { "\($0)s" }, "\(settings.leaseSeconds)s"),
      ("apart", request.isStrict ? "strict" : nil, settings.apart.rawValue),
    ]
    for wish in wishes {
      guard let wished = wish.wished, wished != wish.is else { continue }
      warn(
        "the project has --\(wish.option) \(wish.is), and keeps it; change it with ‘pecia project "
          + "\(request.project) set --\(wish.option) \(wished)’")
    }
    let usual = newGuide == nil ? settings.cutting.longest : CuttingSettings().longest
    let longest = request.cutting(in: settings.cutting).longest
    if request.longest == nil, request.target != nil, longest > usual {
      warn(
        "clips may be up to \(Timestamp(milliseconds: longest)) s long: --longest follows a --target "
          + "that is above it")
    }
    let language = request.language ?? settings.language
    let guide = newGuide ?? (try? Guide.named(folder.appending(path: "style.yml").path))
    guard let guide, !guide.fits(language) else { return }
    warn(
      "the guide ‘\(guide.name)’ is for ‘\(guide.language)’: of texts in ‘\(language)’ it judges blanks, "
        + "brackets, tags and labels, and no words; write a guide of your own for them")
  }

  /// An earlier transcript, from captions or from a transcript's own file.
  private static func transcript(_ path: String) throws -> Transcript {
    switch try Captioning(reading: path).content {
    case .captions(let captions): captions.transcript()
    case .transcript(let transcript): transcript
    }
  }

  /// Writes a file of the project's in one step; only while this run holds the project.
  private func write(_ contents: Data, as name: String) throws {
    let passing = folder.appending(path: "clips/\(SplitFolder.passing)\(name)")
    let target = folder.appending(path: name)
    do {
      try FileManager.default.createDirectory(
        at: passing.deletingLastPathComponent(), withIntermediateDirectories: true)
      try contents.write(to: passing)
    } catch {
      throw SplitError.unwritable(path: target.path, reason: reason(for: error))
    }
    guard rename(passing.path, target.path) == 0 else {
      throw SplitError.unwritable(path: target.path, reason: String(cString: strerror(errno)))
    }
  }

  /// Removes what a killed run had there for a moment.
  private func removeLeftovers() throws {
    let clips = folder.appending(path: "clips")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: clips.path)) ?? []
    for name in names where name.hasPrefix(SplitFolder.passing) {
      try? FileManager.default.removeItem(at: clips.appending(path: name))
    }
  }
}

extension Transcript {
  /// The words whose middle lies in `range`, as a worker would type them: a line for each speaker.
  func text(in range: TimeRange) -> String {
    var text = ""
    var speaker: String?
    for word in words where range.contains(word.range.middle) {
      if let name = word.speaker, name != speaker {
        text += (text.isEmpty ? "" : "\n") + name + ":"
        speaker = name
      }
      text += (text.isEmpty ? "" : " ") + word.text
    }
    return text
  }
}
