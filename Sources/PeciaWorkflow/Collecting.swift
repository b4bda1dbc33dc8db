public import Foundation
import PeciaAudio
import PeciaCore
import PeciaStitch
import PeciaStore

extension Project {
  /// Takes back what is in a pack, or in a CSV with `recording,clip,worker,text`.
  ///
  /// A pack that is damaged, altered, or of another project is refused before anything is taken.
  /// What was taken before is taken once.
  ///
  /// - Throws: `StoreError.badPack`, `StitchError.malformedTable`, `FileError`.
  public func collect(_ path: String, at now: Date) throws -> HandInReport {
    try mustBeProject()
    guard path != "-", try PackFile.looksLikeDatabase(path) else {
      return try collectTable(path, at: now)
    }
    let file = try PackFile(copying: path)
    let pack = try file.verified(for: try store.identity())
    let texts = try file.store.carriedTexts()
    var report = HandInReport()
    _ = try store.noteCollected(pack, at: now)
    for text in texts { try take(text, from: pack, at: now, &report) }
    return report
  }

  private func take(
    _ text: CarriedText, from pack: Pack, at now: Date, _ report: inout HandInReport
  ) throws {
    guard let lease = try store.lease(text.token) else {
      return try takeStrange(text, from: pack, at: now, &report)
    }
    // A pack says how much was heard in all; what an earlier copy of it said is booked already.
    let heard = max(0, text.heard - (try store.heard(of: text.token)))
    switch text.ending {
    case .submitted(let words):
      report.add(try submit(words, lease: text.token, at: now, heard: heard))
    case .draft(let words, let typed):
      guard try store.hasText(lease) == false else { return }
      try store.keepCarried(words, lease: text.token, typed: typed, heard: heard)
      report.add(draft: lease, reason: "it was not handed in")
    case .released(let reason):
      guard try store.hasText(lease) == false else { return }
      try store.release(text.token, reason: reason, at: now, heard: heard)
    }
  }

  /// A lease that this project does not know: it was put back from an older copy.
  private func takeStrange(
    _ text: CarriedText, from pack: Pack, at now: Date, _ report: inout HandInReport
  ) throws {
    let words: String
    switch text.ending {
    case .submitted(let text), .draft(let text, _): words = text
    case .released: return
    }
    let lease = try store.keepStrange(
      words, for: text.clip, ofRecording: text.recording, by: pack.worker, at: now)
    report.add(
      draft: lease, token: text.token,
      reason: "its lease is not known here: the project was put back from an older copy")
  }

  private func collectTable(_ path: String, at now: Date) throws -> HandInReport {
    let name = path == "-" ? "standard input" : path
    let table = try Table(try readText(path), file: name)
    let columns = try ["recording", "clip", "worker", "text"].map {
      try table.column($0, file: name)
    }
    let rows = try table.rows.map { row in
      let fields = columns.map { row.fields[$0] }
      guard let clip = Int(fields[1]),
        try store.recording(named: fields[0]) != nil,
        try store.clips(of: fields[0], among: clip...clip).count == 1
      else {
        throw StitchError.malformedTable(
          reason: "\(name):\(row.line): there is no clip ‘\(fields[0])/\(fields[1])’ here")
      }
      _ = try ProjectStore.checked(worker: fields[2])
      return (recording: fields[0], clip: clip, worker: fields[2], text: fields[3])
    }
    var report = HandInReport()
    for row in rows {
      let lease = try store.lease(for: row.clip, of: row.recording, by: row.worker, at: now)
      report.add(try submit(row.text, lease: lease.token, at: now))
    }
    return report
  }
}

/// A pack's file, looked at in a copy of its own: nothing is written into what came in.
struct PackFile {
  let path: String
  let store: ProjectStore
  private let scratch: ScratchFolder

  /// Whether `path` begins as every SQLite file does.
  ///
  /// - Throws: `FileError.unreadable`.
  static func looksLikeDatabase(_ path: String) throws -> Bool {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      return try file.read(upToCount: 16) == Data("SQLite format 3\0".utf8)
    } catch {
      throw FileError.unreadable(path: path, reason: reason(for: error))
    }
  }

  init(copying path: String) throws {
    self.path = path
    scratch = try ScratchFolder()
    let copy = scratch.url.appending(path: "pack")
    try Self.checkRoom(for: path, in: scratch.url)
    do {
      for end in ["", "-journal"] where FileManager.default.fileExists(atPath: path + end) {
        try FileManager.default.copyItem(atPath: path + end, toPath: copy.path + end)
      }
      store = try ProjectStore(openingPack: copy.path, folder: scratch.url)
    } catch let error as StoreError {
      throw Self.refusal(of: path, error)
    }
  }

  /// Refuses a pack that says of itself another size than it has, or has no room beside it.
  private static func checkRoom(for path: String, in folder: URL) throws {
    let files = FileManager.default
    let size = try files.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let header = try FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: 32) ?? Data()
    guard header.count == 32 else {
      throw StoreError.badPack(path: path, reason: "it is cut off")
    }
    let number = { (range: Range<Int>) in header[range].reduce(0) { $0 << 8 | Int($1) } }
    let page = number(16..<18) == 1 ? 65_536 : number(16..<18)
    guard page * number(28..<32) == size else {
      throw StoreError.badPack(path: path, reason: "it is not as long as it was made")
    }
    let room = try files.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? Int
    if let room, size > room / 2 {
      throw StoreError.badPack(path: path, reason: "there is no room to look into it")
    }
  }

  /// What the pack is, when it is whole and belongs to the project `identity`.
  ///
  /// - Throws: `StoreError.badPack`.
  func verified(for identity: String) throws -> Pack {
    do {
      try store.verifyPack()
      guard let pack = try store.pack() else {
        throw StoreError.badPack(path: path, reason: "it was never finished")
      }
      guard pack.project == identity else {
        throw StoreError.badPack(path: path, reason: "it belongs to another project")
      }
      try verifySounds()
      return pack
    } catch let error as StoreError {
      throw Self.refusal(of: path, error)
    }
  }

  private func verifySounds() throws {
    let file = scratch.url.appending(path: "sound")
    for recording in try store.recordings() {
      for clip in try store.clips(of: recording.name) {
        guard let sound = try store.sound(of: clip) else {
          throw StoreError.badPack(path: path, reason: "a clip has no sound")
        }
        try sound.bytes.write(to: file)
        guard try sha256(ofFile: file.path) == sound.sha256 else {
          throw StoreError.badPack(
            path: path, reason: "the sound of \(clip.address) was altered since it was made")
        }
      }
    }
  }

  /// `error` as what it says of the pack.
  static func refusal(of path: String, _ error: StoreError) -> StoreError {
    switch error {
    case .badPack(_, let reason): .badPack(path: path, reason: reason)
    case .notAProject: .badPack(path: path, reason: "it is not a Pecia pack")
    case .newer:
      .badPack(path: path, reason: "it was made by a newer pecia; install the newer pecia")
    case .damaged(_, let reason): .badPack(path: path, reason: "it is damaged: \(reason)")
    default: .badPack(path: path, reason: error.description)
    }
  }
}
