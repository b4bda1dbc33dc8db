public import Foundation
import PeciaAudio
import PeciaCore
import PeciaStore

/// How a pack is made.
public struct PackRequest: Sendable {
  public var worker: String
  public var count: Int
  /// How long its leases last.
  public var seconds: Int
  /// `opus` and the like make it small; nil takes the clips as they are.
  public var format: String?

  public init(worker: String, count: Int, seconds: Int = 7 * 86_400, format: String? = nil) {
    self.worker = worker
    self.count = count
    self.seconds = seconds
    self.format = format
  }
}

extension Project {
  /// About how many bytes a pack of `count` clips will have.
  public func packSize(_ request: PackRequest) throws -> Int {
    let recordings = try store.recordings()
    var (clips, bytes, milliseconds) = (0, 0, 0)
    for recording in recordings.prefix(20) {
      for clip in try store.clips(of: recording.name, among: 1...20) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: audio(of: clip).path)
        bytes += attributes?[.size] as? Int ?? 0
        milliseconds += clip.range.milliseconds
        clips += 1
      }
    }
    guard clips > 0 else { return 0 }
    // Coded forms take some 12 bytes a millisecond for a channel at their usual quality.
    if let format = request.format, ["opus", "ogg", "mp3"].contains(format) {
      bytes = milliseconds * 12
    }
    return 200_000 + bytes / clips * request.count
  }

  /// Leases tasks into the new file `output`, which appears whole or not at all.
  ///
  /// - Returns: how many clips it carries; 0 when there is none for the worker, and no file.
  public func pack(_ request: PackRequest, to output: String, at now: Date) throws -> Int {
    try mustBeProject()
    guard !FileManager.default.fileExists(atPath: output) else {
      throw FileError.unwritable(
        path: output, reason: "there is such a file already; name another")
    }
    let unfinished = "\(output).unfinished"
    try? FileManager.default.removeItem(atPath: unfinished)
    let guide = try guide().source
    let (pack, leases) = try store.claimPack(
      by: request.worker, count: request.count, seconds: request.seconds, at: now)
    guard !leases.isEmpty else { return 0 }
    do {
      let scratch = try ScratchFolder()
      let clips = try leases.map { try carried($0, as: request.format, in: scratch.url) }
      try store.write(pack, clips, guide: guide, to: unfinished)
      guard rename(unfinished, output) == 0 else {
        throw FileError.unwritable(path: output, reason: String(cString: strerror(errno)))
      }
      return leases.count
    } catch {
      for lease in leases { try store.release(lease.token, reason: nil, at: now) }
      for end in ["", "-journal"] { try? FileManager.default.removeItem(atPath: unfinished + end) }
      throw error
    }
  }

  private func carried(_ lease: Lease, as format: String?, in folder: URL) throws -> CarriedClip {
    let file = try audio(of: lease.clip)
    let digest = try sha256(ofFile: file.path)
    guard digest == lease.clip.sha256 else {
      throw ProjectError.changedClip(file: lease.clip.file)
    }
    guard let form = format.flatMap(ClipForm.init), form.rawValue != file.pathExtension else {
      return CarriedClip(lease: lease, file: file, sha256: digest)
    }
    let source = try SoundSource(examining: file.path)
    let survey = try source.survey(
      CutSettings(target: 3_600_000, longest: 3_600_000, overlap: 0, skipSilence: 0))
    let writer = ClipWriter(of: survey, format: try ClipFormat(of: source, form: form))
    let target = folder.appending(path: "\(UUID().uuidString).\(form.rawValue)")
    let written = try writer.write([
      .init(range: .zero..<survey.duration, path: target.path)
    ])
    return CarriedClip(lease: lease, file: target, sha256: written.first ?? "")
  }
}

/// A folder for files that are needed once; it goes when its owner lets go.
final class ScratchFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "pecia-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
  deinit { try? FileManager.default.removeItem(at: url) }
}
